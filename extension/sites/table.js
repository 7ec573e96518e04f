// SPDX-License-Identifier: GPL-3.0-or-later
// Generated from the JSON files beside it by `node installer/extension/site-table.mjs`: do not edit. A module of JavaScript, because
// JSON modules do not survive in Chromium: measured in 156, a service worker that imports one starts once, and cannot
// be started again after it has been stopped.

/** @type {readonly {id: string}[]} */
export const SITES = Object.freeze([
  {
    "id": "facebook",
    "name": "Facebook",
    "hosts": [
      "facebook.com"
    ],
    "composer": [
      "[role=\"dialog\"] [role=\"textbox\"][contenteditable=\"true\"]",
      "form[role=\"presentation\"] [role=\"textbox\"][contenteditable=\"true\"]",
      "[role=\"textbox\"][contenteditable=\"true\"][aria-label^=\"Write a comment\" i]",
      "[role=\"textbox\"][contenteditable=\"true\"][aria-label^=\"Comment as\" i]",
      "[role=\"textbox\"][contenteditable=\"true\"][aria-label^=\"Answer as\" i]",
      "[role=\"textbox\"][contenteditable=\"true\"][aria-label^=\"Reply to\" i]",
      "[role=\"textbox\"][contenteditable=\"true\"][aria-label*=\"un commentaire\" i]",
      "[role=\"textbox\"][contenteditable=\"true\"][aria-label^=\"Commenter en tant que\" i]",
      "[role=\"textbox\"][contenteditable=\"true\"][aria-label^=\"Répondre à\" i]"
    ],
    "exclude": [
      "[role=\"textbox\"][aria-label=\"Message\"]",
      "[role=\"textbox\"][aria-label^=\"Message \" i]",
      "[role=\"textbox\"][aria-label*=\"un message\" i]",
      "[role=\"textbox\"][aria-placeholder=\"Aa\"]",
      "[role=\"search\"]"
    ],
    "submit": [
      "[role=\"dialog\"] [role=\"button\"][aria-label=\"Post\"]",
      "[role=\"dialog\"] [role=\"button\"][aria-label=\"Publier\"]",
      "[role=\"dialog\"] [role=\"button\"][aria-label=\"Share\"]",
      "[role=\"dialog\"] [role=\"button\"][aria-label=\"Partager\"]",
      "[role=\"button\"][aria-label=\"Comment\"]:not([aria-haspopup])",
      "[role=\"button\"][aria-label=\"Commenter\"]:not([aria-haspopup])"
    ],
    "submitNames": {
      "fr": [
        "Publier",
        "Partager",
        "Suivant",
        "Commenter",
        "Enregistrer"
      ],
      "en": [
        "Post",
        "Share",
        "Share now",
        "Next",
        "Comment",
        "Save"
      ]
    },
    "enterPosts": [
      "form[role=\"presentation\"] [role=\"textbox\"][contenteditable=\"true\"]",
      "[role=\"textbox\"][aria-label^=\"Write a comment\" i]",
      "[role=\"textbox\"][aria-label^=\"Comment as\" i]",
      "[role=\"textbox\"][aria-label^=\"Answer as\" i]",
      "[role=\"textbox\"][aria-label^=\"Reply to\" i]",
      "[role=\"textbox\"][aria-label*=\"un commentaire\" i]",
      "[role=\"textbox\"][aria-label^=\"Commenter en tant que\" i]",
      "[role=\"textbox\"][aria-label^=\"Répondre à\" i]"
    ],
    "container": [
      "form[role=\"presentation\"]",
      "[role=\"dialog\"]",
      "[role=\"article\"]"
    ],
    "verified": {
      "date": "2026-10-31",
      "by": "public automation code; the live site was not opened; French labels from memory",
      "confidence": "medium"
    }
  },
  {
    "id": "x",
    "name": "X",
    "hosts": [
      "x.com",
      "twitter.com"
    ],
    "composer": [
      "[data-testid^=\"tweetTextarea_\"][contenteditable=\"true\"]",
      "[data-testid^=\"tweetTextarea_\"] [contenteditable=\"true\"]"
    ],
    "exclude": [
      "[data-testid=\"dmComposerTextInput\"]",
      "[data-testid=\"DmScrollerContainer\"]",
      "[role=\"search\"]"
    ],
    "submit": [
      "[data-testid=\"tweetButton\"]",
      "[data-testid=\"tweetButtonInline\"]"
    ],
    "submitNames": {
      "fr": [
        "Poster",
        "Publier",
        "Tout poster",
        "Tweeter"
      ],
      "en": [
        "Post",
        "Post all",
        "Tweet",
        "Tweet all"
      ]
    },
    "enterPosts": [],
    "container": [
      "[role=\"dialog\"]",
      "[data-testid=\"primaryColumn\"]",
      "main"
    ],
    "account": [
      "a[data-testid=\"AppTabBar_Profile_Link\"]"
    ],
    "verified": {
      "date": "2026-10-31",
      "by": "public automation code; the live site was not opened",
      "confidence": "high"
    }
  },
  {
    "id": "generic",
    "name": "Autres sites",
    "hosts": [
      "*"
    ],
    "composer": [
      "form.compose-form textarea.autosuggest-textarea__textarea",
      "#reply-control textarea.d-editor-input",
      "#reply-control .d-editor-input.ProseMirror",
      "#commentform textarea#comment"
    ],
    "exclude": [
      "[role=\"search\"]",
      "form[action*=\"search\" i]",
      "form[action*=\"login\" i]"
    ],
    "submit": [
      ".compose-form__submit button[type=\"submit\"]",
      ".compose-form__publish-button-wrapper button",
      "#reply-control .save-or-cancel .create",
      "#commentform [type=\"submit\"]"
    ],
    "submitNames": {
      "fr": [
        "Publier",
        "Publier !",
        "Publier maintenant",
        "Publier le commentaire",
        "Publier un commentaire",
        "Publier mon commentaire",
        "Publier la réponse",
        "Poster",
        "Poster le commentaire",
        "Poster un commentaire",
        "Commenter",
        "Répondre",
        "Envoyer le commentaire",
        "Envoyer mon commentaire",
        "Envoyer la réponse",
        "Soumettre le commentaire",
        "Ajouter un commentaire",
        "Ajouter le commentaire",
        "Laisser un commentaire",
        "Partager",
        "Tweeter",
        "Pouet",
        "Pouet !"
      ],
      "en": [
        "Post",
        "Post!",
        "Post now",
        "Post comment",
        "Post a comment",
        "Post reply",
        "Publish",
        "Publish!",
        "Publish comment",
        "Comment",
        "Reply",
        "Add comment",
        "Add a comment",
        "Add reply",
        "Leave a comment",
        "Leave comment",
        "Send comment",
        "Submit comment",
        "Submit reply",
        "Share",
        "Tweet",
        "Toot",
        "Toot!"
      ]
    },
    "enterPosts": [],
    "container": [
      "form",
      "#reply-control",
      "dialog",
      "[role=\"dialog\"]"
    ],
    "verified": {
      "date": "2026-10-31",
      "by": "sources of Mastodon and WordPress; names of buttons from the interfaces known to the authors",
      "confidence": "medium"
    }
  }
]);
