// SPDX-License-Identifier: GPL-3.0-or-later
// The invented people and posts that make the pages look lived in. None of it should ever trigger a rule.
export const ME = { name: "Camille Dubé", handle: "@camille_dube", initials: "CD", hue: 205 };

export const FEED = [
  {
    name: "Bibliothèque du Faubourg",
    handle: "@biblio_faubourg",
    initials: "BF",
    hue: 28,
    when: "12 min",
    text: "Les nouveautés de novembre sont sur les rayons. Le club de lecture se réunit jeudi à 19 h, entrée libre.",
  },
  {
    name: "Rosalie Tanguay",
    handle: "@rosatanguay",
    initials: "RT",
    hue: 338,
    when: "1 h",
    text: "Première neige sur les plaines ce matin. Les enfants étaient dehors avant même le déjeuner.",
  },
  {
    name: "Vélo-Cité",
    handle: "@velo_cite",
    initials: "VC",
    hue: 152,
    when: "3 h",
    text: "La piste du littoral rouvre samedi. Merci aux bénévoles qui ont déneigé le belvédère.",
  },
];

/** Records what the site believes it has published: what the tests compare with what was typed. */
export function published(text, where) {
  window.__posts = window.__posts ?? [];
  window.__posts.push({ text, where });
}

window.__posts = [];
/** The editors' own idea of their text, by name of the box. */
window.__models = {};
