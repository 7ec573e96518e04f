// SPDX-License-Identifier: GPL-3.0-or-later
// What a policy author reads. %1$s is what was found, %2$s what was expected.
#include <string.h>

#include "policy/source_problem.h"

static const struct {
  const char *fr, *en;
  bool warning;
} messages[PRD_SOURCE_MESSAGE_COUNT] = {
    [PRD_SOURCE_CANNOT_READ] = {"le fichier « %1$s » ne peut pas être lu : %2$s",
                                "the file \"%1$s\" cannot be read: %2$s", false},
    [PRD_SOURCE_TOO_LARGE] = {"le fichier « %1$s » est trop gros; attendu : au plus %2$s",
                              "the file \"%1$s\" is too large; expected: at most %2$s", false},
    [PRD_SOURCE_BAD_JSON] = {"ce n’est pas du JSON : %1$s; attendu : un objet JSON (RFC 8259)",
                             "this is not JSON: %1$s; expected: a JSON object (RFC 8259)", false},
    [PRD_SOURCE_NOT_FOLDED] = {"« %1$s » n’est pas un texte UTF-8 valide; attendu : des caractères Unicode complets",
                               "\"%1$s\" is not valid UTF-8; expected: whole Unicode characters", false},
    [PRD_SOURCE_WRONG_TYPE] = {"« %1$s » n’a pas le bon type; attendu : %2$s",
                               "\"%1$s\" has the wrong type; expected: %2$s", false},
    [PRD_SOURCE_UNKNOWN_MEMBER] = {"membre inconnu « %1$s »; attendu : l’un de %2$s",
                                   "unknown member \"%1$s\"; expected: one of %2$s", false},
    [PRD_SOURCE_MISSING_MEMBER] = {"il manque le membre « %1$s »; attendu : sa présence, de type %2$s",
                                   "the member \"%1$s\" is missing; expected: its presence, of type %2$s", false},
    [PRD_SOURCE_NOT_IN_LIST] = {"valeur inconnue « %1$s »; attendu : l’un de %2$s",
                                "unknown value \"%1$s\"; expected: one of %2$s", false},
    [PRD_SOURCE_EMPTY] = {"« %1$s » est vide; attendu : au moins un élément ou un caractère",
                          "\"%1$s\" is empty; expected: at least one element or character", false},
    [PRD_SOURCE_OUT_OF_RANGE] = {"« %1$s » est hors limites; attendu : %2$s",
                                 "\"%1$s\" is out of range; expected: %2$s", false},
    [PRD_SOURCE_BAD_DATE] = {"« %1$s » n’est pas une date; attendu : AAAA-MM-JJ ou une chaîne vide",
                             "\"%1$s\" is not a date; expected: YYYY-MM-DD or an empty string", false},
    [PRD_SOURCE_BAD_IDENTIFIER] =
        {"« %1$s » n’est pas un identifiant; attendu : des lettres minuscules, des chiffres, des points et des traits d’union, 64 au plus",
         "\"%1$s\" is not an identifier; expected: lower-case letters, digits, dots and hyphens, at most 64", false},
    [PRD_SOURCE_DEFINED_TWICE] = {"« %1$s » est défini deux fois; déjà défini ici : %2$s",
                                  "\"%1$s\" is defined twice; already defined here: %2$s", false},
    [PRD_SOURCE_UNKNOWN_LIST] =
        {"la liste « %1$s » n’existe pas; attendu : une liste définie dans ce corpus de règles, ou l’un de %2$s",
         "there is no list \"%1$s\"; expected: a list defined in this pack, or one of %2$s", false},
    [PRD_SOURCE_UNKNOWN_PATTERN] =
        {"le motif « %1$s » n’existe pas; attendu : un motif défini dans ce corpus de règles",
         "there is no pattern \"%1$s\"; expected: a pattern defined in this pack", false},
    [PRD_SOURCE_UNKNOWN_CLAUSE] = {"la clause « %1$s » n’existe pas; attendu : l’une de %2$s",
                                   "there is no clause \"%1$s\"; expected: one of %2$s", false},
    [PRD_SOURCE_UNKNOWN_RULE] = {"la règle « %1$s » n’existe pas; attendu : une règle partagée incluse par ce fichier",
                                 "there is no rule \"%1$s\"; expected: a shared rule that this file includes", false},
    [PRD_SOURCE_LIST_CYCLE] = {"la liste « %1$s » se contient elle-même; attendu : des listes sans boucle",
                               "the list \"%1$s\" contains itself; expected: lists without a loop", false},
    [PRD_SOURCE_ONE_OF_ITEM] = {"cet élément a %1$s façons de chercher; attendu : exactement une parmi %2$s",
                                "this item has %1$s ways to search; expected: exactly one of %2$s", false},
    [PRD_SOURCE_TERM_SYNTAX] =
        {"terme mal écrit « %1$s »; attendu : des parenthèses, accolades et chevrons fermés (docs/PACKS.md, « Terms »)",
         "badly written term \"%1$s\"; expected: closed parentheses, braces and angle brackets (docs/PACKS.md, Terms)",
         false},
    [PRD_SOURCE_TERM_EMPTY] =
        {"le terme « %1$s » peut ne contenir aucun mot; attendu : au moins un mot dans chaque variante",
         "the term \"%1$s\" can be without any word; expected: at least one word in each variant", false},
    [PRD_SOURCE_TERM_TOO_MANY] = {"le terme « %1$s » a trop de variantes; attendu : au plus %2$s",
                                  "the term \"%1$s\" has too many variants; expected: at most %2$s", false},
    [PRD_SOURCE_TERM_PREFIX] = {"l’étoile de « %1$s » est mal placée; attendu : à la fin d’un mot de 4 à 31 lettres",
                                "the star of \"%1$s\" is misplaced; expected: at the end of a word of 4 to 31 letters",
                                false},
    [PRD_SOURCE_TERM_GAP] =
        {"l’intervalle de « %1$s » est mal placé; attendu : <n> ou <m-n> entre deux mots, 8 au plus",
         "the gap of \"%1$s\" is misplaced; expected: <n> or <m-n> between two words, at most 8", false},
    [PRD_SOURCE_PATTERN_SYNTAX] =
        {"motif mal écrit « %1$s », au caractère %2$s; attendu : la notation de docs/PACKS.md, « Patterns »",
         "badly written pattern \"%1$s\", at character %2$s; expected: the notation of docs/PACKS.md, Patterns", false},
    [PRD_SOURCE_PATTERN_TOO_LONG] = {"le motif « %1$s » peut trouver trop d’octets; attendu : au plus %2$s",
                                     "the pattern \"%1$s\" can match too many bytes; expected: at most %2$s", false},
    [PRD_SOURCE_PATTERN_TOO_SHORT] = {"le motif « %1$s » peut trouver trop peu d’octets; attendu : au moins %2$s",
                                      "the pattern \"%1$s\" can match too few bytes; expected: at least %2$s", false},
    [PRD_SOURCE_PATTERN_TOO_BROAD] =
        {"le motif « %1$s » trouve n’importe quoi; attendu : au moins un caractère précis ou une classe de chiffres partout où il passe",
         "the pattern \"%1$s\" finds anything; expected: at least one given character or class of digits on every way through it",
         false},
    [PRD_SOURCE_PATTERN_UNBOUNDED] = {"le motif « %1$s » n’a pas de borne; attendu : {m,n} au lieu de * ou +",
                                      "the pattern \"%1$s\" has no bound; expected: {m,n} instead of * or +", false},
    [PRD_SOURCE_PATTERN_STATES] = {"le motif « %1$s » est trop grand; attendu : au plus %2$s états",
                                   "the pattern \"%1$s\" is too large; expected: at most %2$s states", false},
    [PRD_SOURCE_UNREACHABLE] =
        {"la règle ne peut jamais se déclencher : elle donne au plus %1$s points; attendu : un seuil d’au plus autant, et non %2$s",
         "the rule can never fire: it gives at most %1$s points; expected: a threshold of at most as many, not %2$s",
         false},
    [PRD_SOURCE_CATEGORY_WITHOUT_CLAUSE] =
        {"la catégorie « %1$s » n’est pas dans « categories » de pack.json; attendu : ses clauses à cet endroit, ou la règle ailleurs",
         "the category \"%1$s\" is not in \"categories\" of pack.json; expected: its clauses there, or the rule elsewhere",
         false},
    [PRD_SOURCE_NEEDS_EXAMPLES] = {"trop peu d’exemples « %1$s »; attendu : au moins %2$s",
                                   "too few \"%1$s\" examples; expected: at least %2$s", false},
    [PRD_SOURCE_EXAMPLE_SILENT] = {"exemple resté silencieux : « %1$s »; attendu : cette règle se déclenche",
                                   "example stayed silent: \"%1$s\"; expected: this rule fires", false},
    [PRD_SOURCE_EXAMPLE_FIRES] = {"exemple qui s’est déclenché : « %1$s »; attendu : silence; trouvé : %2$s",
                                  "example that fired: \"%1$s\"; expected: silence; found: %2$s", false},
    [PRD_SOURCE_EXAMPLE_WORDS] = {"mots non soulignés : « %1$s »; soulignés : %2$s",
                                  "words not underlined: \"%1$s\"; underlined: %2$s", false},
    [PRD_SOURCE_EXAMPLE_BUDGET] = {"exemple examiné en partie seulement : « %1$s »; attendu : un examen complet",
                                   "example examined only in part: \"%1$s\"; expected: a complete examination", false},
    [PRD_SOURCE_NO_RULES] = {"le corpus de règles « %1$s » n’a aucune règle; attendu : au moins une",
                             "the pack \"%1$s\" has no rule; expected: at least one", false},
    [PRD_SOURCE_LINT_FEW_EXAMPLES] = {"peu d’exemples « %1$s »; conseillé : au moins %2$s",
                                      "few \"%1$s\" examples; advised: at least %2$s", true},
    [PRD_SOURCE_LINT_UNUSED_LIST] = {"aucune règle n’utilise la liste « %1$s »; conseillé : la retirer",
                                     "no rule uses the list \"%1$s\"; advised: remove it", true},
    [PRD_SOURCE_LINT_FREE_SPEECH] =
        {"la catégorie « %1$s » vise aussi les profils personnels; conseillé : la limiter par « when » à %2$s",
         "the category \"%1$s\" also covers personal profiles; advised: narrow it by \"when\" to %2$s", true},
    [PRD_SOURCE_LINT_SELF_EXCUSED] =
        {"« %1$s » est à la fois dans « match » et dans « unless »; conseillé : une seule des deux",
         "\"%1$s\" is both in \"match\" and in \"unless\"; advised: only one of them", true},
    [PRD_SOURCE_LINT_LONG_SENTENCE] = {"phrase de plus de 20 mots dans « %1$s »; conseillé : la couper",
                                       "sentence of more than 20 words in \"%1$s\"; advised: cut it", true},
};

void prd_problem_add(struct prd_problems *problems, struct prd_place place, const char *rule,
                     enum prd_source_message message, const char *found, const char *expected) {
  struct prd_problem *items =
      prd_arena_grow(problems->arena, problems->items, problems->count, &problems->capacity, sizeof *items);
  if (items == NULL) {
    problems->out_of_memory = true;
    problems->error_count++;
    return;
  }
  problems->items = items;
  const char *what = found == NULL ? "" : found, *wanted = expected == NULL ? "" : expected;
  // The formats are this file's own table: every one takes the same two strings.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  char *fr = prd_arena_format(problems->arena, messages[message].fr, what, wanted);
  char *en = prd_arena_format(problems->arena, messages[message].en, what, wanted);
#pragma GCC diagnostic pop
  char *file = prd_arena_copy(problems->arena, place.file, strlen(place.file));
  char *rule_copy = rule == NULL ? NULL : prd_arena_copy(problems->arena, rule, strlen(rule));
  if (fr == NULL || en == NULL || file == NULL) {
    problems->out_of_memory = true;
    problems->error_count++;
    return;
  }
  problems->items[problems->count++] =
      (struct prd_problem){file, place.line, place.column, rule_copy, message, {fr, en}, messages[message].warning};
  if (!messages[message].warning) problems->error_count++;
}
