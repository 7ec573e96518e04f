// SPDX-License-Identifier: GPL-3.0-or-later
// Words of a folded text. The lexicon and the text go through this same function, so that what is written in a pack
// and what a person types are cut alike.
#ifndef PRD_TEXT_TOKENS_H
#define PRD_TEXT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "text/fold.h"

enum prd_token_kind {
  PRD_TOKEN_WORD,   ///< letters, or letters and digits (m0ron, 3e, covid19)
  PRD_TOKEN_NUMBER, ///< digits only; "1 200", "3,5" are two tokens each, "12:30" too
  PRD_TOKEN_LINK, ///< a whole URL, bare domain or e-mail address (https://…, www.…, exemple.ca/page, nom@exemple.ca); its
                  ///< words are not matched
  PRD_TOKEN_SYMBOL ///< one emoji (without skin tone; a joined family gives one each), © or ®, or a currency, percent,
                   ///< ampersand or plus sign
};

/// Bits of `prd_token.flags`.
enum {
  PRD_TOKEN_CAPITALIZED = 1,    ///< first letter upper case in the source
  PRD_TOKEN_ALL_CAPITALS = 2,   ///< at least two letters, all upper case in the source
  PRD_TOKEN_SENTENCE_START = 4, ///< first token of its sentence
  PRD_TOKEN_QUOTED = 8,         ///< between quotation marks that open and close on the same line; an apostrophe is none
  PRD_TOKEN_HASHTAG = 16,       ///< directly after #, or joined by _ to a word of the same tag
  PRD_TOKEN_MENTION = 32, ///< directly after @ (and not part of an e-mail address), or joined by _ or . to such a word
  PRD_TOKEN_ELIDED = 64,  ///< an elided French word: l' d' j' m' t' s' n' c' qu' jusqu' lorsqu' puisqu' quoiqu'
  PRD_TOKEN_AFTER_PAUSE = 128 ///< preceded by , ; : ( ) or a dash; a hyphen between two words is no pause
};

/// One token. Punctuation is not a token: it only sets flags and ends sentences.
struct prd_token {
  uint32_t begin_byte; ///< in the folded text
  uint32_t end_byte;   ///< exclusive
  uint32_t hash;       ///< prd_word_hash of its bytes; an elided word's token includes its apostrophe
  uint32_t sentence; ///< 0-based number of its sentence; . ! ? … and line ends separate sentences, but not "Mme." "Dr."
                     ///< "M." "p.ex." nor a dot inside a number or link
  uint16_t flags;
  uint8_t kind; ///< enum prd_token_kind
};

struct prd_tokens {
  const struct prd_token *items; ///< in the arena
  size_t count;
  uint32_t sentence_count;
};

/// Hash of a folded word (FNV-1a, 32 bits; http://www.isthe.com/chongo/tech/comp/fnv/). Stored in built packs: changing it
/// changes their format.
static inline uint32_t prd_word_hash(const char *bytes, size_t length_bytes) {
  uint32_t hash = 2166136261U;
  for (size_t i = 0; i < length_bytes; i++) hash = (hash ^ (uint8_t)bytes[i]) * 16777619U;
  return hash;
}

/// Cuts a folded text into tokens. "l'hopital" gives "l'" and "hopital"; "aujourd'hui" one token; "peut-etre" gives "peut"
/// and "etre"; "mot_de_passe" three words; "infirmier·ere·s" three words; "patient's" gives "patient" and "'s"; "don't" stays whole; "(c'est)" gives "c'" "est". Error:
/// PRD_ERROR_MEMORY.
enum prd_error prd_tokenize(struct prd_arena *arena, const struct prd_folded *folded, struct prd_tokens *out);

#endif
