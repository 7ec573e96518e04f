// SPDX-License-Identifier: GPL-3.0-or-later
// X's compose box: Draft.js with the test ids that X's page carries, the button that is aria-disabled while the box is
// empty, and Ctrl+Enter. The hooks are those of research on October 2026's page; a person must compare them with the
// real one.
import React, { useState, useRef, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { Editor, EditorState, ContentState, getDefaultKeyBinding } from "draft-js";
import { ME, FEED, published } from "./people.mjs";

function Avatar({ who }) {
  return (
    <div className="avatar" ref={(node) => node?.style.setProperty("--hue", who.hue)}>
      {who.initials}
    </div>
  );
}

function Composer({ where, button, onPosted }) {
  const [state, setState] = useState(() => EditorState.createEmpty());
  const editor = useRef(null);
  const text = state.getCurrentContent().getPlainText("\n");
  const empty = text.trim() === "";
  useEffect(() => {
    window.__models[where] = () => text;
  });
  useEffect(() => {
    if (where === "dialog") editor.current.focus();
    return () => delete window.__models[where];
  }, [where]);
  const post = () => {
    if (empty) return;
    published(text, where);
    setState(EditorState.push(state, ContentState.createFromText(""), "remove-range"));
    onPosted(text);
  };
  return (
    <div className="composer">
      <Avatar who={ME} />
      <div className="composer-body">
        <div className="editor" onClick={() => editor.current.focus()}>
          <Editor
            ref={editor}
            editorState={state}
            onChange={setState}
            placeholder="Quoi de neuf ?"
            role="textbox"
            ariaLabel="Texte du post"
            ariaMultiline
            webDriverTestID="tweetTextarea_0"
            keyBindingFn={(event) =>
              event.key === "Enter" && (event.ctrlKey || event.metaKey) ? "post" : getDefaultKeyBinding(event)
            }
            handleKeyCommand={(command) => (command === "post" ? (post(), "handled") : "not-handled")}
          />
        </div>
        <div className="tools">
          <span className="hint">Tout le monde peut répondre</span>
          <span className="count">{280 - [...text].length}</span>
          <button
            type="button"
            role="button"
            className="primary"
            data-testid={button}
            aria-disabled={empty ? "true" : undefined}
            onClick={post}
          >
            Publier
          </button>
        </div>
      </div>
    </div>
  );
}

function Post({ post }) {
  return (
    <article data-testid="tweet">
      <Avatar who={post} />
      <div>
        <p className="by">
          <b>{post.name}</b>{" "}
          <span>
            {post.handle} · {post.when}
          </span>
        </p>
        <p className="said">{post.text}</p>
        <p className="actions">
          <span>Répondre</span>
          <span>Relayer</span>
          <span>J’aime</span>
        </p>
      </div>
    </article>
  );
}

function Page() {
  const [posts, setPosts] = useState(FEED);
  const [dialog, setDialog] = useState(false);
  const add = (text) => setPosts((before) => [{ ...ME, when: "à l’instant", text }, ...before]);
  return (
    <div className="columns">
      <nav>
        <p className="mark">𝕏</p>
        {["Accueil", "Explorer", "Notifications", "Messages", "Signets", "Profil"].map((name, index) => (
          <a key={name} className={index === 0 ? "here" : ""}>
            {name}
          </a>
        ))}
        <button
          type="button"
          className="primary wide"
          data-testid="SideNav_NewTweet_Button"
          onClick={() => setDialog(true)}
        >
          Publier
        </button>
        <p className="me">
          <Avatar who={ME} />
          <span>
            <b>{ME.name}</b>
            <br />
            {ME.handle}
          </span>
        </p>
      </nav>
      <main>
        <header>
          <b>Pour vous</b>
          <span>Abonnements</span>
        </header>
        <Composer where="inline" button="tweetButtonInline" onPosted={add} />
        {posts.map((post, index) => (
          <Post key={posts.length - index} post={post} />
        ))}
      </main>
      <aside>
        <div className="box">
          <h2>Tendances pour vous</h2>
          <p>Première neige</p>
          <p>Club de lecture</p>
          <p>Piste du littoral</p>
        </div>
        <p className="local">Page d’essai locale de Prudence : rien n’est publié.</p>
      </aside>
      {dialog && (
        <div className="veil">
          <div role="dialog" aria-modal="true" aria-label="Composer un post">
            <button type="button" className="close" aria-label="Fermer" onClick={() => setDialog(false)}>
              ×
            </button>
            <Composer
              where="dialog"
              button="tweetButton"
              onPosted={(text) => {
                add(text);
                setDialog(false);
              }}
            />
          </div>
        </div>
      )}
    </div>
  );
}

createRoot(document.getElementById("root")).render(<Page />);
