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
    // The reason in French, then in English: a format must use both.
    [PRD_SOURCE_BAD_DIRECTORY] =
        {"annuaire d’exemple refusé : %1$s; attendu : « nom; prénom; titre; surnom »",
         "example directory refused: %1$.0s%2$s; expected: \"family name; first name; title; nickname\"", false},
    [PRD_SOURCE_NO_RULES] = {"le corpus de règles « %1$s » n’a aucune règle; attendu : au moins une",
                             "the pack \"%1$s\" has no rule; expected: at least one", false},
    [PRD_SOURCE_NO_MODEL] =
        {"ce corpus de règles demande le modèle, et le fichier « %1$s » n’existe pas; attendu : le fichier que fait « prudence model train », donné par --model",
         "this pack asks for the model, and there is no file \"%1$s\"; expected: the file that \"prudence model train\" makes, given with --model",
         false},
    [PRD_SOURCE_BAD_MODEL] =
        {"le modèle « %1$s » est endommagé, illisible ou d’une autre version; attendu : un fichier refait par « prudence model train »",
         "the model \"%1$s\" is damaged, unreadable or of another version; expected: a file made again by \"prudence model train\"",
         false},
    [PRD_SOURCE_MODEL_NOT_ASKED] =
        {"« %1$s » : ce corpus de règles n’a pas de modèle; attendu : « \"model\": true » dans pack.json",
         "\"%1$s\": this pack has no model; expected: \"model\": true in pack.json", false},
    [PRD_SOURCE_ABOUT_EMAIL] =
        {"« %1$s » n’est pas une adresse de courriel; attendu : nom@domaine, comme elle est imprimée",
         "\"%1$s\" is not an e-mail address; expected: name@domain, as it is printed", false},
    [PRD_SOURCE_ABOUT_WEB_ADDRESS] =
        {"« %1$s » n’est pas une adresse Web; attendu : domaine.ca/page, comme elle est imprimée, sans espace",
         "\"%1$s\" is not a Web address; expected: domain.ca/page, as it is printed, without a blank", false},
    [PRD_SOURCE_IMPORT_NOT_FOUND] =
        {"le passage « %1$s » ne se trouve pas dans %2$s; attendu : des mots tels que le fichier les écrit, les derniers après les premiers",
         "the passage \"%1$s\" is not found in %2$s; expected: words as the file writes them, the last after the first",
         false},
    [PRD_SOURCE_IMPORT_FOUND_TWICE] =
        {"« %1$s » se trouve deux fois dans %2$s; attendu : assez de mots pour un seul endroit, ou des numéros de ligne",
         "\"%1$s\" is found twice in %2$s; expected: enough words for one place, or line numbers", false},
    [PRD_SOURCE_IMPORT_LINES] = {"les lignes %1$s n’existent pas; attendu : [première, dernière], de 1 à %2$s",
                                 "the lines %1$s do not exist; expected: [first, last], from 1 to %2$s", false},
    [PRD_SOURCE_IMPORT_ONE_WAY] = {"le passage de « %1$s » n’est pas bien indiqué; attendu : %2$s, l’un ou l’autre",
                                   "the passage of \"%1$s\" is not well pointed at; expected: %2$s, one or the other",
                                   false},
    [PRD_SOURCE_IMPORT_NUL] = {"%1$s contient un caractère nul; attendu : du texte brut en UTF-8",
                               "%1$s contains a NUL character; expected: plain text in UTF-8", false},
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
    [PRD_SOURCE_MODEL_ALONE] =
        {"le modèle ne suffit jamais seul pour « serious » : « %1$s »; attendu : un indice obligatoire d’une autre sorte dans « near »",
         "the model is never enough alone for serious: \"%1$s\"; expected: required evidence of another kind in \"near\"",
         false},
    [PRD_SOURCE_COVERAGE_NO_PACK] =
        {"« %1$s » ne contient aucun corpus de règles; attendu : un dossier qui a un pack.json, ou dont les sous-dossiers en ont un",
         "there is no pack in \"%1$s\"; expected: a folder that has a pack.json, or whose folders have one", false},
    [PRD_SOURCE_COVERAGE_RULE] =
        {"la règle « %1$s » n’est pas dans le corpus « %2$s » tel que construit; attendu : une de ses règles, ou « category:NOM »",
         "the rule \"%1$s\" is not in the pack \"%2$s\" as built; expected: one of its rules, or \"category:NAME\"",
         false},
    [PRD_SOURCE_COVERAGE_CATEGORY] =
        {"le corpus « %2$s » n’a aucune règle de la catégorie « %1$s »; attendu : une catégorie qui a une règle",
         "the pack \"%2$s\" has no rule of the category \"%1$s\"; expected: a category that has a rule", false},
    [PRD_SOURCE_COVERAGE_INFORMATION] =
        {"« %1$s » n’est pas dans « information » de %2$s; attendu : l’« id » d’une de ses entrées",
         "\"%1$s\" is not in \"information\" of %2$s; expected: the \"id\" of one of its entries", false},
    [PRD_SOURCE_COVERAGE_NOTHING_BY] = {"rien ne porte « %1$s »; attendu : « by » vide, ou un autre « carrier »",
                                        "nothing carries \"%1$s\"; expected: an empty \"by\", or another \"carrier\"",
                                        false},
    [PRD_SOURCE_COVERAGE_MISSING] = {"rien ne dit ce qui porte l’énoncé « %1$s »; attendu : une entrée dans %2$s",
                                     "nothing says what carries the statement \"%1$s\"; expected: an entry in %2$s",
                                     false},
    [PRD_SOURCE_COVERAGE_INVENTED] = {"« %1$s » n’est pas un énoncé de %2$s; attendu : un de ses « id »",
                                      "\"%1$s\" is not a statement of %2$s; expected: one of its \"id\"", false},
    [PRD_SOURCE_COVERAGE_ELSEWHERE] =
        {"l’énoncé « %1$s » est de l’établissement « %2$s »; attendu : cette entrée dans son coverage.json",
         "the statement \"%1$s\" is of the institution \"%2$s\"; expected: this entry in its coverage.json", false},
    [PRD_SOURCE_LINT_UNCLAIMED] = {"aucun énoncé de %1$s ne nomme cette règle; conseillé : l’énoncé qu’elle porte",
                                   "no statement of %1$s names this rule; advised: the statement that it carries",
                                   true},
    [PRD_SOURCE_LINT_NEVER_HOLDS] =
        {"« %1$s » ne peut jamais être vrai : %2$s; conseillé : « at_least » d’au plus 100 pour un pourcentage, et sous « below »",
         "\"%1$s\" can never hold: %2$s; advised: \"at_least\" of at most 100 for a percentage, and under \"below\"",
         true},
    [PRD_SOURCE_LINT_NEAR_EXCUSES] =
        {"« %1$s » est obligatoire et excuse aussi le même endroit : la règle ne peut jamais se déclencher; conseillé : l’un des deux",
         "\"%1$s\" is required and also excuses the same place: the rule can never fire; advised: one of the two",
         true},
    [PRD_SOURCE_LINT_WEAK_CONTEXT] =
        {"contexte faible : « %1$s » n’a que des mots très courants, qu’on trouve partout; conseillé : des mots qui disent quelque chose",
         "weak context: \"%1$s\" has only very common words, found everywhere; advised: words that say something",
         true},
    [PRD_SOURCE_LINT_BROAD_PATTERN] =
        {"le motif « %1$s » trouve %2$s mots ordinaires; conseillé : un motif plus précis",
         "the pattern \"%1$s\" finds %2$s ordinary words; advised: a more precise pattern", true},
    [PRD_SOURCE_LINT_UNGATED_PATTERN] =
        {"le motif « %1$s » suffit à lui seul; conseillé : un indice obligatoire, une exception, ou moins de points",
         "the pattern \"%1$s\" is enough alone; advised: required evidence, an exception, or fewer points", true},
    [PRD_SOURCE_LINT_MEMORISED] =
        {"le terme « %1$s » répète un exemple de la règle mot pour mot; conseillé : des termes qui trouvent d’autres phrases",
         "the term \"%1$s\" repeats an example of the rule word for word; advised: terms that find other sentences",
         true},
    [PRD_SOURCE_LINT_REDUNDANT_TERM] = {"le terme « %1$s » est déjà trouvé par « %2$s »; conseillé : le retirer",
                                        "the term \"%1$s\" is already found by \"%2$s\"; advised: remove it", true},
    [PRD_SOURCE_LINT_UNTRANSLATED] = {"« %1$s » est le même en français et en anglais; conseillé : le traduire",
                                      "\"%1$s\" is the same in French and in English; advised: translate it", true},
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
