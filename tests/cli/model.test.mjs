// SPDX-License-Identifier: GPL-3.0-or-later
// prudence model train.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MINI, privateFolder, prudence } from "./prudence.mjs";

/** @param {string} text @param {string[]} categories */
const post = (text, categories) => JSON.stringify({ text, institution: "mini", venue: "personal", categories });

const POSTS = [
  ...["Quel cornichon ce chef", "Un cornichon, le patron", "Bande de cornichons", "Pauvre cornichon", "Espèce de cornichon", "Le gérant cornichon", "Vous êtes des cornichons", "Ce vieux cornichon", "Gros cornichon va"].map((text) => post(text, ["insult-defamation"])),
  ...["Il pleut", "Belle neige ce matin", "Le café est chaud", "Bonne fête", "Le train part", "Merci à tous", "Le soleil brille", "Un beau nuage", "La rivière gèle"].map((text) => post(text, [])),
].join("\n");

test("a model is trained, twice the same", (t) => {
  const folder = privateFolder(t);
  const corpus = join(folder, "posts.jsonl");
  writeFileSync(corpus, `${POSTS}\n`);
  const outputs = ["a.bin", "b.bin"].map((name) => join(folder, name));
  for (const output of outputs) {
    const { status, out, err } = prudence(["model", "train", MINI, corpus, "-o", output]);
    assert.equal(status, 0, err);
    assert.match(out, /18 publications, \d+ indices connus, \d+ poids gardés/);
  }
  assert.deepEqual(readFileSync(outputs[0]), readFileSync(outputs[1]));
});

test("posts that are set aside are not learnt from", (t) => {
  const folder = privateFolder(t);
  const corpus = join(folder, "posts.jsonl");
  writeFileSync(corpus, `${POSTS}\n${post("Secret", []).replace("}", ',"set":"held"}')}\n`);
  assert.match(prudence(["model", "train", MINI, corpus, "-o", join(folder, "a.bin")], { env: { LANG: "en" } }).out, /18 posts/);
});

test("what is wrong is told with its place", (t) => {
  const folder = privateFolder(t);
  const corpus = join(folder, "posts.jsonl");
  const output = join(folder, "a.bin");
  for (const line of ["rien", "[]", '{"text": 1}', post("a", ["inconnue"]), post("a", []).replace("personal", "mur")]) {
    writeFileSync(corpus, `${POSTS}\n${line}\n`);
    const { status, err } = prudence(["model", "train", MINI, corpus, "-o", output]);
    assert.equal(status, 2);
    assert.match(err, /posts\.jsonl:19 : ce n’est pas une publication étiquetée/);
  }
  assert.match(prudence(["model", "train", MINI, join(folder, "absent.jsonl"), "-o", output]).err, /absent\.jsonl/);
  assert.match(prudence(["model", "train", MINI, corpus]).err, /-o/);
  assert.match(prudence(["model", "train", "-o", output]).err, /DOSSIER/);
  assert.match(prudence(["model", "dance"]).err, /train/);
  assert.equal(prudence(["model", "--help"]).status, 0);
});
