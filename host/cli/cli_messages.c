// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_messages.h"

static const struct prd_bilingual texts[PRD_CLI_MESSAGE_COUNT] = {
    [PRD_CLI_HELP] = {"Prudence " PRD_VERSION ", rappels de politique avant de publier sur les médias sociaux\n"
                      "\n"
                      "Usage : prudence VERBE [OPTIONS]\n"
                      "\n"
                      "  check     vérifie un texte et montre les mots, la clause et le remède\n"
                      "  policy    vérifie, essaie et construit les règles d’un établissement\n"
                      "  ledger    montre les décisions enregistrées sur ce poste\n"
                      "\n"
                      "  prudence VERBE --help    aide d’un verbe\n"
                      "  prudence --version       version\n"
                      "\n"
                      "La langue suit LC_ALL, LC_MESSAGES ou LANG; le français est la langue par défaut.",
                      "Prudence " PRD_VERSION ", policy reminders before publishing on social media\n"
                      "\n"
                      "Usage: prudence VERB [OPTIONS]\n"
                      "\n"
                      "  check     checks a text and shows the words, the clause and the remedy\n"
                      "  policy    checks, tries and builds the rules of an institution\n"
                      "  ledger    shows the decisions recorded on this workstation\n"
                      "\n"
                      "  prudence VERB --help    help of a verb\n"
                      "  prudence --version      version\n"
                      "\n"
                      "The language follows LC_ALL, LC_MESSAGES or LANG; French is the default."},
    [PRD_CLI_HELP_CHECK] =
        {"Usage : prudence check [OPTIONS] [TEXTE | -]\n"
         "\n"
         "Vérifie un texte. Sans TEXTE, ou avec « - », le texte est lu sur l’entrée standard.\n"
         "\n"
         "  --institution I   chu, cisss, poly, csscv ou portage (par défaut : celle du profil de ce poste)\n"
         "  --pack CHEMIN     règles à utiliser : fichier construit, ou dossier de la source\n"
         "  --venue V         personal, official-page ou work-group (par défaut : personal)\n"
         "  --account C       personal ou official (par défaut : personal)\n"
         "  --json            répond en JSON, comme l’hôte (docs/PROTOCOL.md)\n"
         "  --batch           une demande JSON par ligne sur l’entrée standard, une réponse JSON par ligne\n"
         "\n"
         "Code de sortie : 0 rien à signaler, 1 au moins un constat, 2 erreur ou texte examiné en partie seulement.",
         "Usage: prudence check [OPTIONS] [TEXT | -]\n"
         "\n"
         "Checks a text. Without TEXT, or with \"-\", the text is read from standard input.\n"
         "\n"
         "  --institution I   chu, cisss, poly, csscv or portage (default: that of this workstation's profile)\n"
         "  --pack PATH       rules to use: a built file, or the folder of the source\n"
         "  --venue V         personal, official-page or work-group (default: personal)\n"
         "  --account A       personal or official (default: personal)\n"
         "  --json            answers in JSON, as the host does (docs/PROTOCOL.md)\n"
         "  --batch           one JSON request a line on standard input, one JSON answer a line\n"
         "\n"
         "Exit status: 0 nothing to report, 1 at least one finding, 2 an error or a text examined only in part."},
    [PRD_CLI_HELP_POLICY] =
        {"Usage : prudence policy ACTION DOSSIER…\n"
         "\n"
         "  test DOSSIER…               construit les règles et lance tous leurs exemples\n"
         "  lint DOSSIER…               de même, avec des conseils\n"
         "  build DOSSIER -o FICHIER    construit le fichier que l’hôte charge\n"
         "\n"
         "DOSSIER est celui d’un établissement, par exemple policies/chu. La notation est décrite dans docs/PACKS.md.\n"
         "Code de sortie : 0 tout passe, 1 au moins un problème, 2 erreur.",
         "Usage: prudence policy ACTION FOLDER…\n"
         "\n"
         "  test FOLDER…              builds the rules and runs all their examples\n"
         "  lint FOLDER…              the same, with advice\n"
         "  build FOLDER -o FILE      builds the file that the host loads\n"
         "\n"
         "FOLDER is that of one institution, for example policies/chu. docs/PACKS.md describes the notation.\n"
         "Exit status: 0 all passes, 1 at least one problem, 2 an error."},
    [PRD_CLI_HELP_LEDGER] =
        {"Usage : prudence ledger list [--json]\n"
         "\n"
         "Montre les décisions enregistrées pour vous sur ce poste : la règle, la clause, votre choix et l’heure.\n"
         "Aucun mot de vos textes n’y figure.\n"
         "\n"
         "  --json            une ligne JSON par constat\n"
         "\n"
         "Code de sortie : 0, ou 2 si le registre ne peut pas être lu.",
         "Usage: prudence ledger list [--json]\n"
         "\n"
         "Shows the decisions recorded for you on this workstation: the rule, the clause, your choice and the time.\n"
         "Not a word of your texts is in it.\n"
         "\n"
         "  --json            one JSON line a finding\n"
         "\n"
         "Exit status: 0, or 2 when the ledger cannot be read."},
    [PRD_CLI_UNKNOWN_VERB] = {"« %s » n’est pas un verbe; essayez « prudence --help »",
                              "\"%s\" is not a verb; try \"prudence --help\""},
    [PRD_CLI_UNKNOWN_OPTION] = {"%s : option inconnue « %s »; essayez « --help »",
                                "%s: unknown option \"%s\"; try \"--help\""},
    [PRD_CLI_MISSING_VALUE] = {"%s : l’option « %s » demande une valeur", "%s: the option \"%s\" needs a value"},
    [PRD_CLI_BAD_VALUE] = {"%s : « %s » n’est pas permis; choisissez parmi %s",
                           "%s: \"%s\" is not allowed; choose among %s"},
    [PRD_CLI_EXTRA_ARGUMENT] = {"%s : argument en trop « %s »; mettez entre guillemets ce qui contient des espaces",
                                "%s: extra argument \"%s\"; put what contains spaces between quotation marks"},
    [PRD_CLI_MISSING_ARGUMENT] = {"%s : il manque %s; essayez « --help »", "%s: %s is missing; try \"--help\""},
    [PRD_CLI_NO_INSTITUTION] = {"aucun établissement : donnez --institution, ou faites écrire le profil %s",
                                "no institution: give --institution, or have the profile %s written"},
    [PRD_CLI_BAD_PROFILE] = {"le profil de ce poste ne peut pas être utilisé : %s : %s",
                             "the profile of this workstation cannot be used: %s: %s"},
    [PRD_CLI_NO_PACK] =
        {"les règles %s n’existent pas; vérifiez --institution, ou construisez-les par « prudence policy build »",
         "there are no rules %s; check --institution, or build them by \"prudence policy build\""},
    [PRD_CLI_BAD_PACK] = {"le fichier de règles %s est endommagé ou d’une autre version; reconstruisez-le",
                          "the rules file %s is damaged or of another version; build it again"},
    [PRD_CLI_NOT_UTF8] = {"le texte n’est pas en UTF-8 valide", "the text is not valid UTF-8"},
    [PRD_CLI_NUL_CHARACTER] = {"le texte contient un caractère nul (U+0000)",
                               "the text contains a NUL character (U+0000)"},
    [PRD_CLI_TEXT_TOO_LONG] = {"le texte est trop long; au plus 4 Mio", "the text is too long; at most 4 MiB"},
    [PRD_CLI_CANNOT_READ] = {"impossible de lire %s : %s", "cannot read %s: %s"},
    [PRD_CLI_CANNOT_WRITE] = {"impossible d’écrire %s : %s", "cannot write %s: %s"},
    [PRD_CLI_OUT_OF_MEMORY] = {"mémoire insuffisante", "out of memory"},
    [PRD_CLI_BATCH_LINE] = {"ligne %zu : %s", "line %zu: %s"},
    [PRD_CLI_BATCH_NOT_JSON] = {"ce n’est pas un objet JSON (RFC 8259) sur une seule ligne",
                                "this is not one JSON object (RFC 8259) on one line"},
    [PRD_CLI_BATCH_TEXT] = {"« text » manque ou n’est pas une chaîne", "\"text\" is missing or is not a string"},
    [PRD_CLI_BATCH_VENUE] = {"« venue » n’est pas permis; choisissez parmi personal, official-page, work-group",
                             "\"venue\" is not allowed; choose among personal, official-page, work-group"},
    [PRD_CLI_BATCH_ACCOUNT] = {"« account » n’est pas permis; choisissez parmi personal, official",
                               "\"account\" is not allowed; choose among personal, official"},
    [PRD_CLI_BATCH_INSTITUTION] = {"institution sans règles utilisables", "institution without usable rules"},
    [PRD_CLI_CLEAN] = {"Rien à signaler.", "Nothing to report."},
    [PRD_CLI_INCOMPLETE] = {"Texte examiné en partie seulement : non vérifié.",
                            "Text examined only in part: not verified."},
    [PRD_CLI_CLAUSE] = {"   Clause %s, %s", "   Clause %s, %s"},
    [PRD_CLI_REMEDY] = {"   À faire : %s", "   What to do: %s"},
    [PRD_CLI_POINTS] = {"%d points sur %d nécessaires", "%d points of %d needed"},
    [PRD_CLI_SEVERITY_INFO] = {"POUR INFORMATION", "FOR INFORMATION"},
    [PRD_CLI_SEVERITY_WARN] = {"À REVOIR", "TO REVIEW"},
    [PRD_CLI_SEVERITY_SERIOUS] = {"SÉRIEUX", "SERIOUS"},
    [PRD_CLI_PROBLEM] = {"%s:%u:%u : %s%s%s%s", "%s:%u:%u: %s%s%s%s"},
    [PRD_CLI_RULE] = {"règle ", "rule "},
    [PRD_CLI_WARNING] = {"conseil, ", "advice, "},
    [PRD_CLI_POLICY_PASSED] =
        {"%s : %zu règles, %zu clauses, %zu mots, %zu exemples qui signalent, %zu qui restent silencieux : tout passe",
         "%s: %zu rules, %zu clauses, %zu words, %zu examples that fire, %zu that stay silent: all pass"},
    [PRD_CLI_POLICY_FAILED] = {"%s : %zu problèmes", "%s: %zu problems"},
    [PRD_CLI_POLICY_BUILT] = {"%s : %zu octets", "%s: %zu bytes"},
    [PRD_CLI_LEDGER_UNREADABLE] = {"le registre %s ne peut pas être lu; il est gardé tel quel",
                                   "the ledger %s cannot be read; it is kept as it is"},
    [PRD_CLI_LEDGER_EMPTY] = {"Aucune décision enregistrée (%s).", "No decision recorded (%s)."},
    [PRD_CLI_LEDGER_ROW] = {"%s  %-14s  %-8s  %-8s  clause %-8s  %s", "%s  %-14s  %-8s  %-8s  clause %-8s  %s"},
};

const char *prd_cli_text(enum prd_cli_message message, enum prd_language language) {
  return prd_in(&texts[message], language);
}
