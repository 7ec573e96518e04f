// SPDX-License-Identifier: GPL-3.0-or-later
// Layout of a built pack. Private to host/policy: everybody else uses pack.h and judge.h.
//
// One header, then arrays of fixed-size records ("sections"). Records refer to each other by index and to text by byte
// offset in the STRINGS section, where every string ends with NUL. Integers are in the builder's byte order, which the
// header states: a pack is built where it is used, or on a machine of the same order. Any change here raises
// PRD_IMAGE_FORMAT.
#ifndef PRD_POLICY_IMAGE_H
#define PRD_POLICY_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#define PRD_IMAGE_MAGIC "PRUDPACK"
enum { PRD_IMAGE_FORMAT = 2, PRD_IMAGE_BYTE_ORDER = 0x01020304, PRD_IMAGE_HASH_BYTES = 32 };

enum prd_image_section {
  PRD_SECTION_STRINGS,    ///< char
  PRD_SECTION_META,       ///< uint32_t, indexed by enum prd_image_meta
  PRD_SECTION_CLAUSES,    ///< struct prd_image_clause
  PRD_SECTION_WORDS,      ///< struct prd_image_word
  PRD_SECTION_WORD_SLOTS, ///< uint32_t: open addressing by hash, word index + 1, 0 is empty; the count is a power of two
  PRD_SECTION_WORD_CLASSES, ///< uint32_t class numbers, each word's in one run
  PRD_SECTION_CLASS_ROOTS,  ///< uint32_t for each class: node that a phrase beginning with it reaches, 0 for none
  PRD_SECTION_NODES,        ///< struct prd_image_node; number 0 is the root and is never a target
  PRD_SECTION_EDGES,        ///< struct prd_image_edge, each node's in one run ordered by class
  PRD_SECTION_ACCEPTS,      ///< uint32_t feature numbers, each node's in one run
  PRD_SECTION_FEATURES,     ///< struct prd_image_feature
  PRD_SECTION_RULES,        ///< struct prd_image_rule
  PRD_SECTION_ITEMS,        ///< struct prd_image_item, each rule's in one run: matches, near, unless
  PRD_SECTION_RULE_CLAUSES, ///< uint32_t clause numbers, each rule's in one run
  PRD_SECTION_STATES,       ///< struct prd_image_state: the automaton of the patterns
  PRD_SECTION_BYTE_SETS,    ///< struct prd_image_byte_set
  PRD_SECTION_BYTE_CLASSES, ///< uint8_t[256], or nothing when there is no pattern
  PRD_SECTION_OWN,          ///< uint32_t strings: identifiers of the institution itself, normalised
  PRD_SECTION_MODEL_SLOTS, ///< struct prd_image_model_slot: open addressing by hash; the count is a power of two, or 0: no model
  PRD_SECTION_MODEL_WEIGHTS, ///< prd_image_model_weight, each slot's in one run
  PRD_SECTION_MODEL_OUTPUTS, ///< struct prd_image_model_output by category, then "any"; or none
  PRD_SECTION_ABOUT,         ///< char: JSON text that the pages about the policy show; the host never reads it
  PRD_SECTION_COUNT
};

enum prd_image_meta {
  PRD_META_ID, ///< string offsets up to PRD_META_SERIAL
  PRD_META_VERSION,
  PRD_META_NAME_FR,
  PRD_META_NAME_EN,
  PRD_META_SHORT_FR,
  PRD_META_SHORT_EN,
  PRD_META_DOCUMENT_FR,
  PRD_META_DOCUMENT_EN,
  PRD_META_DOCUMENT_NUMBER,
  PRD_META_DOCUMENT_DATE,
  PRD_META_DOCUMENT_REVIEW_DUE,
  PRD_META_SERIAL,         ///< plain number
  PRD_META_PREFIX_LENGTHS, ///< bit L set: some word of kind PREFIX has L bytes
  PRD_META_SCAN_ROOT,      ///< first state of the search automaton
  PRD_META_SINGLE_CLASSES, ///< classes from this number on hold a single word each; those before it are lists and properties
  PRD_META_COUNT
};

struct prd_image_section_entry {
  uint32_t offset_bytes; ///< from the beginning of the file, a multiple of 8
  uint32_t count;        ///< elements
};

struct prd_image_header {
  char magic[8];
  uint32_t format;
  uint32_t byte_order;
  uint64_t size_bytes;
  uint64_t checksum;                    ///< prd_image_checksum of everything after this member
  uint8_t sha256[PRD_IMAGE_HASH_BYTES]; ///< of everything after this member: the identity of the pack
  struct prd_image_section_entry sections[PRD_SECTION_COUNT];
};

/// Tells a damaged file from a whole one at start, at memory speed: every step is a bijection of the word it takes in, so one changed
/// word always changes the result. Nobody who writes the file on purpose is kept from fitting it, but neither would an unsigned
/// cryptographic hash keep them, and SHA-256 of half a megabyte costs the start of the host two milliseconds.
/// `size_bytes` is a multiple of 8.
static inline uint64_t prd_image_checksum(const void *bytes, size_t size_bytes) {
  const uint64_t *words = bytes;
  uint64_t lanes[4] = {1, 2, 3, 4};
  for (size_t i = 0; i < size_bytes / sizeof *words; i++) {
    uint64_t *lane = &lanes[i % 4];
    *lane = (*lane ^ words[i]) * 0x9e3779b97f4a7c15U;
    *lane ^= *lane >> 29;
  }
  uint64_t sum = size_bytes;
  for (size_t i = 0; i < 4; i++) sum = (sum ^ lanes[i]) * 0xff51afd7ed558ccdU + (sum >> 31);
  return sum;
}

struct prd_image_clause {
  uint32_t id, title_fr, title_en, summary_fr, summary_en;
};

enum prd_image_word_kind { PRD_WORD_EXACT, PRD_WORD_PREFIX };
enum { PRD_PREFIX_MIN_BYTES = 4, PRD_PREFIX_MAX_BYTES = 31 };

struct prd_image_word {
  uint32_t hash;
  uint32_t text;
  uint16_t length_bytes;
  uint16_t kind;
  uint32_t classes_begin;
  uint32_t classes_count;
};

/// A class is a set of words that one step of a phrase accepts. The first ones are properties of a token.
enum prd_image_class {
  PRD_CLASS_NUMBER,
  PRD_CLASS_CAPITALIZED,
  PRD_CLASS_MENTION,
  PRD_CLASS_HASHTAG,
  PRD_CLASS_LINK,
  PRD_CLASS_FIRST_OF_PACK
};

/// An edge whose class has this bit is a gap: bits 8–15 minimum, bits 0–7 maximum number of tokens to step over.
#define PRD_CLASS_GAP 0x80000000U
enum { PRD_GAP_MAX = 8 };

struct prd_image_edge {
  uint32_t class_number;
  uint32_t node;
};

/// A node's runs end where those of the next node begin; the last node of the section is empty and only ends the others.
struct prd_image_node {
  uint32_t edges_begin;
  uint32_t accepts_begin;
  uint64_t classes; ///< prd_class_bit of each of its edges: most tokens are refused by one AND
};

/// A class in a set of 64 bits that many classes share.
static inline uint64_t prd_class_bit(uint32_t class_number) {
  return 1ULL << (class_number % 64);
}

enum prd_image_feature_kind {
  PRD_FEATURE_WORDS,
  PRD_FEATURE_PATTERN,
  PRD_FEATURE_IDENTIFIER,
  PRD_FEATURE_METRIC,
  PRD_FEATURE_MODEL,    ///< detail: number of the category; how likely it is, in percent
  PRD_FEATURE_DIRECTORY ///< a person of the institution's local directory
};
enum prd_image_metric {
  PRD_METRIC_UPPERCASE_PERCENT,
  PRD_METRIC_REPEATED_SENTENCES,
  PRD_METRIC_LINKS,
  PRD_METRIC_HASHTAGS,
  PRD_METRIC_OTHER_LANGUAGE,
  PRD_METRIC_UNINTELLIGIBLE,
  PRD_METRIC_UNKNOWN_WORDS,
  PRD_METRIC_REPEATED_RUNS,
  PRD_METRIC_FOREIGN_LINKS,
  PRD_METRIC_PUBLISHED_BEFORE,
  PRD_METRIC_COUNT
};

struct prd_image_feature {
  uint32_t name;
  uint8_t kind;
  uint8_t detail;      ///< enum prd_identifier_kind or enum prd_image_metric
  uint8_t unconfirmed; ///< identifiers: candidates with a wrong check digit count too
  uint8_t unused;
  uint32_t reverse_state; ///< patterns: first state of the automaton that reads a match backwards
};

enum prd_image_window { PRD_WINDOW_WORDS, PRD_WINDOW_SENTENCE, PRD_WINDOW_TEXT };
enum prd_image_side { PRD_SIDE_EITHER, PRD_SIDE_BEFORE, PRD_SIDE_AFTER };

struct prd_image_item {
  uint32_t feature;
  int32_t points;
  int32_t at_least; ///< metrics and model
  int32_t below;    ///< metrics and model: 0 for no upper limit
  uint16_t words;   ///< PRD_WINDOW_WORDS
  uint8_t window;
  uint8_t side;
  uint8_t required;
  uint8_t unused[3];
};

enum prd_image_rule_state { PRD_RULE_ON, PRD_RULE_SHADOW };

struct prd_image_rule {
  uint32_t id, category;
  uint8_t severity, state, ignore_quoted, unused;
  uint16_t venues, accounts; ///< bit sets
  uint32_t clauses_begin, clauses_count;
  uint32_t items_begin;
  uint16_t match_count, near_count, unless_count;
  uint16_t doubt; ///< the rule stays silent where the model is less confident of its category, in percent; 0: never
  int32_t threshold;
  uint32_t message_fr, message_en, remedy_fr, remedy_en;
};

/// One n-gram of the model, by its 32-bit hash (model_grams.h). Its weights end where those of the next slot begin: the section
/// ends with one slot more than it has places, which only ends the others.
struct prd_image_model_slot {
  uint32_t hash; ///< 0: an empty slot
  uint32_t weights_begin;
};

/// What an n-gram says about one category: its number in the low five bits, a weight of -1023 to 1023 units of the output's scale
/// above them (two's complement, 11 bits).
typedef uint16_t prd_image_model_weight;
enum { PRD_MODEL_WEIGHT_MAX = 1023 };

static inline prd_image_model_weight prd_model_weight(size_t category, int32_t units) {
  return (prd_image_model_weight)((((uint32_t)units & 0x7FFU) << 5) | (uint32_t)category);
}
static inline size_t prd_model_weight_category(prd_image_model_weight weight) {
  return weight & 31U;
}
static inline int32_t prd_model_weight_units(prd_image_model_weight weight) {
  return (int32_t)(weight >> 5) - ((weight & 0x8000U) != 0 ? 2048 : 0);
}

struct prd_image_model_output {
  float bias[8];  ///< log-odds before any word, indexed by enum prd_venue
  float scale;    ///< log-odds of one unit of weight
  uint32_t known; ///< 0: the model says nothing about this category
};

enum prd_image_op { PRD_OP_BYTES, PRD_OP_SPLIT, PRD_OP_ACCEPT };

/// One state of a Thompson automaton. BYTES: argument is a byte set, then go to next. SPLIT: go to next and to argument.
/// ACCEPT: argument is a feature.
struct prd_image_state {
  uint32_t op;
  uint32_t argument;
  uint32_t next;
};

struct prd_image_byte_set {
  uint64_t bits[4];
};

/// Largest file that is mapped: packs are a few hundred kilobytes; a limit keeps every offset in 32 bits.
enum { PRD_IMAGE_MAX_BYTES = 64 * 1024 * 1024 };

#endif
