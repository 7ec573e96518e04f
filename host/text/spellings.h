// SPDX-License-Identifier: GPL-3.0-or-later
// How else one word can be read: stretched letters, figures and signs that stand for letters, a star over a vowel, letters
// of other alphabets that look Latin, and French inclusive writing. Private to host/text.
#ifndef PRD_TEXT_SPELLINGS_H
#define PRD_TEXT_SPELLINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Bounds: a word of more bytes (after stretches were cut to three letters) has no other reading, and of more readings
/// the first ones are kept.
enum { PRD_SPELLINGS_MAX = 8, PRD_SPELLING_BYTES = 40 };

/// Readings of one word: folded Latin letters, not NUL-terminated.
struct prd_spellings {
  size_t count;
  size_t lengths[PRD_SPELLINGS_MAX];
  char bytes[PRD_SPELLINGS_MAX][PRD_SPELLING_BYTES];
};

/// Readings of a word written in other signs. `bytes` are folded letters and digits, and @ $ ! * inside them; `traits` is
/// prd_folded.traits of the same bytes. False when there is no other reading:
/// - a run of three or more equal letters is read as one and as two ("connnnard"), if three letters are left;
/// - 0 1 3 4 5 7 @ $ ! are read as letters (1 and ! as i and as l) in words of at most 14 characters with at least two
///   letters and at most three such signs of two kinds. Ordinals, quantities and codes ("5e", "5ans", "B312", "H3T",
///   "5à7") stay what they are: every digit must be readable, a sign at the beginning needs five letters, at the end
///   four, and a word of three characters has it in the middle;
/// - one * between letters is read as each vowel;
/// - Cyrillic and Greek letters are read as the Latin ones that they look like, in words that also have Latin letters
///   (the idea of mixed-script confusables is that of UTS #39, section 4; the table is ours).
bool prd_spell_word(const char *bytes, const uint8_t *traits, size_t length_bytes, struct prd_spellings *out);

/// Both forms of a word in inclusive writing: "infirmier" with the ending "ere" gives infirmier and infirmiere, and their
/// plurals when `plural`, when the ending has one ("eres"), or when the word does ("etudiants", "es"). ASCII letters only.
/// False when the ending does not belong to the word.
bool prd_spell_inclusive(const char *word, size_t word_length, const char *ending, size_t ending_length, bool plural,
                         struct prd_spellings *out);

#endif
