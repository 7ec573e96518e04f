// SPDX-License-Identifier: GPL-3.0-or-later
// Other readings of a text: how people really write. A view is a second sequence of tokens beside the first one, with a
// map back; words and lists are looked for in both, identifiers and patterns only in the folded text. A reading adds
// what a list can find, never gravity: the same rules fire as if the word had been written plainly.
#ifndef PRD_TEXT_VIEWS_H
#define PRD_TEXT_VIEWS_H

#include "base/arena.h"
#include "base/error.h"
#include "text/tokens.h"

/// One way to spell a token of the view.
struct prd_spelling {
  const char *bytes; ///< in the folded text or in the arena; not NUL-terminated
  uint32_t length_bytes;
  uint32_t hash; ///< prd_word_hash
};

/// Where a token of the view comes from.
struct prd_view_place {
  uint32_t begin_token, end_token; ///< of the tokens of the text, exclusive
  uint32_t spellings_begin; ///< its spellings end where those of the next token begin; none: spelled as its bytes
  uint32_t readings_before; ///< tokens before this one that are not simply a token of the text
};

/// The sentences of a text in which something can be read otherwise, whole, so that phrases can be found in them; nothing
/// for most texts. All arrays are in the arena (or are the text's).
struct prd_views {
  struct prd_tokens tokens; ///< begin_byte and end_byte in the folded text; sentences numbered as in the text
  const struct prd_view_place *places; ///< tokens.count + 1, the last one only ends the others; NULL when count is 0
  const struct prd_spelling *spellings;
};

/// Builds the view. What is read otherwise:
/// - one token spelled in other signs (spellings.h), with @ $ ! * inside or $ before it: "connnnard", "c0n", "c@ve";
/// - four or more single letters with the same sign or space between them: "c o n n a r d", "i.d.i.o.t";
/// - inclusive writing, with · • ⋅ ‧ . - ( ) or /: "infirmier·ère·s", "patient(e)s", "directeur/trice", "étudiants-es";
/// - a hashtag with capitals inside: "#JaimePasLaDPJ" is "jaime" (also "aime") "pas" "la" "dpj".
/// Links, mentions and identifiers are left alone. Time and memory are proportional to the text. Error:
/// PRD_ERROR_MEMORY.
enum prd_error prd_views_build(struct prd_arena *arena, const struct prd_folded *folded,
                               const struct prd_tokens *tokens, struct prd_views *out);

#endif
