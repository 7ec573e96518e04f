// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_messages.h"

static const struct prd_bilingual texts[PRD_CLI_MESSAGE_COUNT] = {
    [PRD_CLI_HELP] = {"Prudence " PRD_VERSION ", rappels de politique avant de publier sur les médias sociaux\n"
                      "\n"
                      "Usage : prudence VERBE [OPTIONS]\n"
                      "\n"
                      "  check     vérifie un texte et montre les mots, la clause et le remède\n"
                      "  policy    vérifie, essaie et construit les règles d’un établissement\n"
                      "  model     entraîne le modèle qui aide les règles\n"
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
                      "  model     trains the model that helps the rules\n"
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
         "  --directory F     liste du personnel à reconnaître (docs/PACKS.md, « The local directory »)\n"
         "  --json            répond en JSON, comme l’hôte (docs/PROTOCOL.md)\n"
         "  --batch           une demande JSON par ligne sur l’entrée standard, une réponse JSON par ligne\n"
         "  --shadow          avec --batch : nomme aussi les règles en observation qui se déclenchent\n"
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
         "  --directory F     list of staff to recognise (docs/PACKS.md, The local directory)\n"
         "  --json            answers in JSON, as the host does (docs/PROTOCOL.md)\n"
         "  --batch           one JSON request a line on standard input, one JSON answer a line\n"
         "  --shadow          with --batch: also names the rules in state shadow that fire\n"
         "\n"
         "Exit status: 0 nothing to report, 1 at least one finding, 2 an error or a text examined only in part."},
    [PRD_CLI_HELP_POLICY] =
        {"Usage : prudence policy ACTION DOSSIER…\n"
         "\n"
         "  test DOSSIER…               construit les règles et lance tous leurs exemples\n"
         "  lint DOSSIER…               de même, avec des conseils\n"
         "  build DOSSIER -o FICHIER    construit le fichier que l’hôte charge\n"
         "  explain TEXTE | -           chaque règle qui s’est approchée du texte, ses points, pourquoi elle se tait\n"
         "                              (--institution I | --pack CHEMIN, --venue V, --account C, --json)\n"
         "  coverage DOSSIERS           ce qui porte chaque énoncé des politiques, d’après les coverage.json\n"
         "                              (--against ÉNONCÉS.json, --examples, --json, --html FICHIER)\n"
         "  diff ANCIEN NOUVEAU --corpus FICHIER.jsonl…\n"
         "                              les publications dont le verdict change entre deux versions (--json)\n"
         "  import-document DOSSIER|RÈGLES --text FICHIER.txt [--clauses LIEUX.json] -o SORTIE\n"
         "                              lie le texte officiel de l’établissement aux clauses, pour le citer mot à mot\n"
         "\n"
         "DOSSIER est celui d’un établissement, par exemple policies/chu. La notation est décrite dans docs/PACKS.md.\n"
         "Code de sortie : 0 tout passe, 1 au moins un problème, 2 erreur.",
         "Usage: prudence policy ACTION FOLDER…\n"
         "\n"
         "  test FOLDER…              builds the rules and runs all their examples\n"
         "  lint FOLDER…              the same, with advice\n"
         "  build FOLDER -o FILE      builds the file that the host loads\n"
         "  explain TEXT | -          every rule that came near the text, its points, why it stays silent\n"
         "                            (--institution I | --pack PATH, --venue V, --account A, --json)\n"
         "  coverage FOLDERS          what carries each statement of the policies, from the coverage.json files\n"
         "                            (--against STATEMENTS.json, --examples, --json, --html FILE)\n"
         "  diff OLD NEW --corpus FILE.jsonl…\n"
         "                            the posts whose verdict changes between two versions (--json)\n"
         "  import-document FOLDER|PACK --text FILE.txt [--clauses MAP.json] -o OUT\n"
         "                            binds the institution's official text to the clauses, to quote it verbatim\n"
         "\n"
         "FOLDER is that of one institution, for example policies/chu. docs/PACKS.md describes the notation.\n"
         "Exit status: 0 all passes, 1 at least one problem, 2 an error."},
    [PRD_CLI_HELP_MODEL] =
        {"Usage : prudence model train DOSSIER… CORPUS.jsonl… -o FICHIER\n"
         "\n"
         "Entraîne le modèle linéaire avec des publications étiquetées. DOSSIER est celui des règles d’un établissement; une ligne de\n"
         "CORPUS est un objet JSON : text, institution, venue, categories. Les lignes dont « set » vaut « held » sont laissées de côté.\n"
         "\n"
         "Code de sortie : 0, ou 2 si quelque chose manque.",
         "Usage: prudence model train FOLDER… CORPUS.jsonl… -o FILE\n"
         "\n"
         "Trains the linear model on labelled posts. FOLDER holds the rules of an institution; a line of CORPUS is a JSON object:\n"
         "text, institution, venue, categories. Lines whose \"set\" is \"held\" are left aside.\n"
         "\n"
         "Exit status: 0, or 2 if something is missing."},
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
    [PRD_CLI_BAD_DIRECTORY] = {"%s : %s", "%s: %s"},
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
    [PRD_CLI_SHADOW_ALONE] =
        {"« --shadow » va avec « --batch »; pour un seul texte, essayez « prudence policy explain »",
         "\"--shadow\" goes with \"--batch\"; for one text, try \"prudence policy explain\""},
    [PRD_CLI_EXPLAIN_NOTHING] = {"Aucune règle ne s’est approchée de ce texte.", "No rule came near this text."},
    [PRD_CLI_EXPLAIN_SHOWN] = {"%zu. SIGNALE  %s (%s) : %d points sur %d nécessaires, occurrences : %zu",
                               "%zu. FIRES  %s (%s): %d points of %d needed, matches: %zu"},
    [PRD_CLI_EXPLAIN_SILENT] = {"%zu. SE TAIT  %s (%s) : %d points sur %d nécessaires, occurrences : %zu",
                                "%zu. SILENT  %s (%s): %d points of %d needed, matches: %zu"},
    [PRD_CLI_EXPLAIN_MATCH] = {"     %+d  %s « %s »", "     %+d  %s \"%s\""},
    [PRD_CLI_EXPLAIN_NEAR] = {"     %+d  à proximité : %s « %s »", "     %+d  near: %s \"%s\""},
    [PRD_CLI_EXPLAIN_POINTS] = {"     − il manque %d points", "     − %d points short"},
    [PRD_CLI_EXPLAIN_MISSING] = {"     − indice obligatoire absent : %s", "     − required evidence is not there: %s"},
    [PRD_CLI_EXPLAIN_EXCUSED] = {"     − excusée par %s « %s »", "     − excused by %s \"%s\""},
    [PRD_CLI_EXPLAIN_QUOTED] = {"     − le mot est entre guillemets", "     − the word is between quotation marks"},
    [PRD_CLI_EXPLAIN_VENUE] = {"     − la règle ne vise pas ce lieu : %s",
                               "     − the rule is not about this venue: %s"},
    [PRD_CLI_EXPLAIN_ACCOUNT] = {"     − la règle ne vise pas ce compte : %s",
                                 "     − the rule is not about this account: %s"},
    [PRD_CLI_EXPLAIN_SHADOW] = {"     − règle en observation (« shadow ») : comptée, jamais montrée",
                                "     − rule in state shadow: counted, never shown"},
    [PRD_CLI_EXPLAIN_CATEGORY] = {"     − cette politique n’a pas la catégorie %s : règle partagée laissée de côté",
                                  "     − this policy does not have the category %s: shared rule left out"},
    [PRD_CLI_EXPLAIN_DOUBTED] = {"     − le modèle juge cette catégorie trop peu probable (« doubt_below »)",
                                 "     − the model finds this category too unlikely (\"doubt_below\")"},
    [PRD_CLI_EXPLAIN_REPEATS] = {"     − un autre constat montre déjà ces mots",
                                 "     − another finding already shows these words"},
    [PRD_CLI_EXPLAIN_IDENTIFIER] = {"Identifiant %s « %s »%s", "Identifier %s \"%s\"%s"},
    [PRD_CLI_EXPLAIN_OWN] = {"Identifiant %s « %s »%s : laissé de côté, il est à l’établissement",
                             "Identifier %s \"%s\"%s: skipped, it is the institution's own"},
    [PRD_CLI_EXPLAIN_UNCONFIRMED] = {" (chiffre de contrôle faux ou date impossible)",
                                     " (wrong check digit or impossible date)"},
    [PRD_CLI_EXPLAIN_METRIC] = {"Mesure %s : %d", "Measure %s: %d"},
    [PRD_CLI_EXPLAIN_MODEL] = {"Modèle : %s %d %%, mots les plus forts : %s%s",
                               "Model: %s %d %%, strongest words: %s%s"},
    [PRD_CLI_EXPLAIN_UNKNOWN_CATEGORY] = {" (cette politique n’a pas cette catégorie)",
                                          " (this policy does not have this category)"},
    [PRD_CLI_DIFF_RULE_ADDED] = {"Règle ajoutée : %s", "Rule added: %s"},
    [PRD_CLI_DIFF_RULE_REMOVED] = {"Règle retirée : %s", "Rule removed: %s"},
    [PRD_CLI_DIFF_RULE_CHANGED] = {"Règle modifiée : %s, %s : %s → %s", "Rule changed: %s, %s: %s → %s"},
    [PRD_CLI_DIFF_POST] = {"%s:%zu %s : %s → %s", "%s:%zu %s: %s → %s"},
    [PRD_CLI_DIFF_APPEARED] = {"   + %s", "   + %s"},
    [PRD_CLI_DIFF_DISAPPEARED] = {"   − %s", "   − %s"},
    [PRD_CLI_DIFF_BETTER] = {"   mieux", "   better"},
    [PRD_CLI_DIFF_WORSE] = {"   moins bien", "   worse"},
    [PRD_CLI_DIFF_NEITHER] = {"   ni mieux ni moins bien", "   neither better nor worse"},
    [PRD_CLI_DIFF_TOTAL] =
        {"%zu publications, %zu d’autres établissements; %zu changent : %zu signalées de plus, %zu de moins",
         "%zu posts, %zu of other institutions; %zu change: %zu more are flagged, %zu fewer"},
    [PRD_CLI_DIFF_GOLD] =
        {"Parmi les changements, %zu ont des catégories de référence : %zu mieux, %zu moins bien, %zu ni l’un ni l’autre",
         "Of the changes, %zu have reference categories: %zu better, %zu worse, %zu neither"},
    [PRD_CLI_DIFF_IDS] = {"les deux corpus de règles ne sont pas du même établissement : « %s » et « %s »",
                          "the two packs are not of the same institution: \"%s\" and \"%s\""},
    [PRD_CLI_FILE_LINE] = {"%s:%zu : %s", "%s:%zu: %s"},
    [PRD_CLI_MODEL_LINE] =
        {"%s:%zu : ce n’est pas une publication étiquetée; attendu : un objet JSON avec text, institution, venue et categories",
         "%s:%zu: this is not a labelled post; expected: a JSON object with text, institution, venue and categories"},
    [PRD_CLI_MODEL_TRAINED] = {"%s : %zu publications, %zu indices connus, %zu poids gardés",
                               "%s: %zu posts, %zu grams known, %zu weights kept"},
    [PRD_CLI_COVERAGE_HEAD] = {"%-12s %-12s %8s %9s", "%-12s %-12s %8s %8s"},
    [PRD_CLI_COVERAGE_ROW] = {"%-12s %-12s %8zu %8zu", "%-12s %-12s %8zu %8zu"},
    [PRD_CLI_COVERAGE_DONE] = {"fait", "done"},
    [PRD_CLI_COVERAGE_PLANNED] = {"prévu", "planned"},
    [PRD_CLI_CARRIER_RULE] = {"règle", "rule"},
    [PRD_CLI_CARRIER_REMINDER] = {"rappel", "reminder"},
    [PRD_CLI_CARRIER_WORKFLOW] = {"démarche guidée", "workflow"},
    [PRD_CLI_CARRIER_INFORMATION] = {"page d’information", "page of information"},
    [PRD_CLI_CARRIER_NONE] = {"rien, et pourquoi", "nothing, and why"},
    [PRD_CLI_PAGE_TITLE] = {"Ce qui porte chaque énoncé des politiques", "What carries each statement of the policies"},
    [PRD_CLI_PAGE_INTRODUCTION] =
        {"Chaque énoncé des politiques est porté par une règle, un rappel, une démarche guidée ou une page d’information, ou bien la raison est dite pour laquelle un logiciel n’y peut rien. Les résumés sont de Prudence; seul le document de l’établissement fait foi.",
         "Each statement of the policies is carried by a rule, a reminder, a workflow or a page of information, or the reason is given why software has nothing to do with it. The summaries are Prudence's own; only the institution's document is authoritative."},
    [PRD_CLI_PAGE_PROVEN] = {"Énoncés comptés :", "Statements accounted for:"},
    [PRD_CLI_PAGE_COUNTS] = {"Nombre d’énoncés", "Number of statements"},
    [PRD_CLI_PAGE_STATEMENTS] = {"Énoncés", "Statements"},
    [PRD_CLI_PAGE_STATEMENT] = {"Énoncé", "Statement"},
    [PRD_CLI_PAGE_CLAUSE] = {"Clause", "Clause"},
    [PRD_CLI_PAGE_SUMMARY] = {"Résumé", "Summary"},
    [PRD_CLI_PAGE_CARRIER] = {"Porté par", "Carried by"},
    [PRD_CLI_PAGE_BY] = {"Lequel, ou pourquoi", "Which one, or why"},
    [PRD_CLI_PAGE_STATE] = {"État", "State"},
    [PRD_CLI_EXAMPLE_SKIPPED] = {"   non essayé, un texte ne le montre pas : « %s »%s",
                                 "   not tried, no text shows it: \"%s\"%s"},
    [PRD_CLI_EXAMPLE_SILENT] = {"   non trouvé : « %s »%s", "   not found: \"%s\"%s"},
    [PRD_CLI_EXAMPLE_FIRES] = {"   signalé à tort : « %s » (%s)", "   flagged wrongly: \"%s\" (%s)"},
    [PRD_CLI_EXAMPLE_STATEMENT] = {"%s : %zu/%zu trouvés, %zu/%zu silencieux", "%s: %zu/%zu found, %zu/%zu silent"},
    [PRD_CLI_EXAMPLE_TOTAL] =
        {"exemples contraires trouvés %zu/%zu, exemples permis silencieux %zu/%zu, non essayés %zu",
         "violating found %zu/%zu, clean silent %zu/%zu, skipped %zu"},
    [PRD_CLI_IMPORT_CLAUSE] = {"%-7s lignes %zu à %zu : « %s … %s »", "%-7s lines %zu to %zu: \"%s … %s\""},
    [PRD_CLI_IMPORT_ABSENT] = {"sans passage, le résumé reste montré : %s", "without a passage, the summary stays: %s"},
    [PRD_CLI_IMPORT_NOTHING] = {"aucune clause n’est reconnue dans %s par son numéro; donnez --clauses (docs/PACKS.md)",
                                "no clause is recognised in %s by its number; give --clauses (docs/PACKS.md)"},
    [PRD_CLI_IMPORT_DONE] =
        {"%s : %zu clauses sur %zu, document SHA-256 %s; relisez les passages, puis copiez le fichier sous "
         "/etc/prudence/official/%s.json",
         "%s: %zu clauses of %zu, document SHA-256 %s; read the passages again, then copy the file to "
         "/etc/prudence/official/%s.json"},
    [PRD_CLI_LEDGER_UNREADABLE] = {"le registre %s ne peut pas être lu; il est gardé tel quel",
                                   "the ledger %s cannot be read; it is kept as it is"},
    [PRD_CLI_LEDGER_EMPTY] = {"Aucune décision enregistrée (%s).", "No decision recorded (%s)."},
    [PRD_CLI_LEDGER_ROW] = {"%s  %-14s  %-8s  %-8s  clause %-8s  %s", "%s  %-14s  %-8s  %-8s  clause %-8s  %s"},
};

const char *prd_cli_text(enum prd_cli_message message, enum prd_language language) {
  return prd_in(&texts[message], language);
}
