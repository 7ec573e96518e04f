// SPDX-License-Identifier: GPL-3.0-or-later
#include "system/system_messages.h"

#include <stdio.h>
#include <string.h>

static const struct prd_bilingual messages[PRD_SYSTEM_MESSAGE_COUNT] = {
    [PRD_SYSTEM_CALLER_LINE] =
        {"cette ligne n’est ni une origine chrome-extension://…/ ni un identifiant de module Firefox",
         "this line is neither a chrome-extension://…/ origin nor a Firefox add-on id"},
    [PRD_SYSTEM_CALLER_REFUSED] = {"l’extension {} n’est pas sur la liste", "the extension {} is not on the list"},
    [PRD_SYSTEM_NO_CALLER] = {"ce programme est lancé par un navigateur ; l’outil du terminal est « prudence »",
                              "this program is started by a browser; the tool for the terminal is \"prudence\""},
    [PRD_SYSTEM_FILE_UNREADABLE] = {"fichier illisible : {}", "the file cannot be read: {}"},
    [PRD_SYSTEM_FILE_TOO_LARGE] = {"fichier trop grand (au plus {})", "the file is too large (at most {})"},
    [PRD_SYSTEM_NOT_JSON] = {"JSON invalide : {}", "invalid JSON: {}"},
    [PRD_SYSTEM_NOT_OBJECT] = {"un objet est attendu ici", "an object is expected here"},
    [PRD_SYSTEM_NOT_ARRAY] = {"une liste est attendue ici", "an array is expected here"},
    [PRD_SYSTEM_NOT_STRING] = {"une chaîne est attendue ici", "a string is expected here"},
    [PRD_SYSTEM_UNKNOWN_KEY] = {"clé inconnue « {} »", "unknown key \"{}\""},
    [PRD_SYSTEM_MISSING_KEY] = {"il manque la clé « {} »", "the key \"{}\" is missing"},
    [PRD_SYSTEM_INSTITUTION_NAME] = {"un identifiant d’institution s’écrit en lettres minuscules, chiffres et tirets",
                                     "an institution's id is made of lower-case letters, digits and hyphens"},
    [PRD_SYSTEM_ACCOUNT_NAME] = {"un compte s’écrit « site/nom », sans espace",
                                 "an account is written \"site/name\", without spaces"},
    [PRD_SYSTEM_DOMAIN_NAME] = {"un domaine s’écrit « exemple.ca » : en minuscules, sans « https:// » ni page",
                                "a domain is written \"example.ca\": in lower case, without \"https://\" or page"},
    [PRD_SYSTEM_DIRECTORY_PATH] = {"le chemin de l’annuaire commence par « / »",
                                   "the path of the directory begins with \"/\""},
    [PRD_SYSTEM_TOO_MANY] = {"la liste est trop longue (au plus {})", "the list is too long (at most {})"},
    [PRD_SYSTEM_LANGUAGE_NAME] = {"la langue est « fr » ou « en »", "the language is \"fr\" or \"en\""},
    [PRD_SYSTEM_DAY_NAME] = {"le jour est l’un de mon, tue, wed, thu, fri, sat, sun",
                             "the day is one of mon, tue, wed, thu, fri, sat, sun"},
    [PRD_SYSTEM_TIME_OF_DAY] = {"l’heure s’écrit HH:MM ou HH:MM:SS", "the time is written HH:MM or HH:MM:SS"},
    [PRD_SYSTEM_PACK_MISSING] = {"il n’y a pas de politique pour cette institution",
                                 "there is no policy for this institution"},
    [PRD_SYSTEM_PACK_INVALID] = {"ce fichier de politique est endommagé ou d’une autre version",
                                 "this policy file is damaged or of another version"},
    [PRD_SYSTEM_PACK_OTHER_INSTITUTION] = {"cette politique est celle de « {} »", "this policy is that of \"{}\""},
    [PRD_SYSTEM_OFFICIAL_SHAPE] =
        {"ce n’est pas un texte officiel de « prudence policy import-document » ; les résumés sont montrés",
         "this is not an official text of \"prudence policy import-document\"; the summaries are shown"},
    [PRD_SYSTEM_OFFICIAL_OTHER_PACK] = {"ce texte officiel est lié aux règles « {} » ; les résumés sont montrés",
                                        "this official text is bound to the pack \"{}\"; the summaries are shown"},
    [PRD_SYSTEM_OFFICIAL_CHECKSUM] =
        {"les passages de ce texte officiel ont été changés après l’importation ; les résumés sont montrés",
         "the passages of this official text were changed after the import; the summaries are shown"},
};

const struct prd_bilingual *prd_system_message(enum prd_system_message_id id) {
  return &messages[id];
}

const char *prd_system_message_text(struct prd_arena *arena, const struct prd_bilingual *message,
                                    enum prd_language language, const char *word) {
  const char *text = prd_in(message, language);
  const char *mark = strstr(text, "{}");
  if (mark == NULL) return prd_arena_copy(arena, text, strlen(text));
  return prd_arena_format(arena, "%.*s%s%s", (int)(mark - text), text, word == NULL ? "" : word, mark + 2);
}

void prd_system_warn(const char *path, size_t line, size_t column, const struct prd_bilingual *message,
                     const char *word) {
  struct prd_arena arena = {0};
  const char *place = path == NULL  ? ""
                      : line == 0   ? prd_arena_format(&arena, " %s:", path)
                      : column == 0 ? prd_arena_format(&arena, " %s:%zu:", path, line)
                                    : prd_arena_format(&arena, " %s:%zu:%zu:", path, line, column);
  const char *french = prd_system_message_text(&arena, message, PRD_FRENCH, word);
  const char *english = prd_system_message_text(&arena, message, PRD_ENGLISH, word);
  if (place != NULL && french != NULL && english != NULL)
    (void)fprintf(stderr, "prudence-host:%s %s / %s\n", place, french, english);
  prd_arena_free(&arena);
}
