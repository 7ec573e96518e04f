// SPDX-License-Identifier: GPL-3.0-or-later
// The local directory: an institution's own list of staff, which its IT supplies as a file, so that a named colleague is recognised
// without his or her name being in any pack. Never a list of patients, pupils or clients: such a list would be a disclosure by itself.
//
// The file is UTF-8 text, one person a line: family name; first name; title or role; nickname. The last two are optional. The
// separator is ; or a tab or, in a line that has neither, a comma. Double quotation marks around a field protect separators. A first line
// that names the columns ("Nom;Prénom", "Last name,First name") is left out, and so are empty lines and lines that begin with #,
// except `#kind: staff` or `#kind: partners`: any other kind is refused, and so are digits in a name and a fifth column, because a
// file that has them is not a list of staff.
//
// What is kept is a set of hashes, not the names: nothing of the file can be shown, stored or sent.
#ifndef PRD_POLICY_DIRECTORY_H
#define PRD_POLICY_DIRECTORY_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "policy/hits.h"
#include "text/tokens.h"

enum { PRD_DIRECTORY_LINES_MAX = 200000, PRD_DIRECTORY_BYTES_MAX = 16 * 1024 * 1024 };

/// Why a file was refused. The texts are static.
struct prd_directory_problem {
  size_t line; ///< from 1; 0 when the problem is the file's as a whole
  struct prd_bilingual reason;
};

struct prd_directory;

/// Reads the file at `path`. Errors: PRD_ERROR_INVALID after `problem` was filled (missing, unreadable or too large files included; no
/// part of such a file is used), PRD_ERROR_MEMORY. `*out` is NULL after an error.
enum prd_error prd_directory_load(const char *path, struct prd_directory_problem *problem, struct prd_directory **out);

/// The part of it that reads no file. `bytes` is overwritten with zeros.
enum prd_error prd_directory_parse(char *bytes, size_t length_bytes, struct prd_directory_problem *problem,
                                   struct prd_directory **out);

/// NULL is allowed.
void prd_directory_free(struct prd_directory *directory);

/// Lines that name a person, and bytes of memory held.
size_t prd_directory_people(const struct prd_directory *directory);
size_t prd_directory_bytes(const struct prd_directory *directory);

/// Appends a hit of `feature` for each person named in a text. A family name alone, or a first name alone, names nobody. A person is named
/// by first and family name in either order ("Roy, Nathalie"), by initials and family name (J. Tremblay, J.-P. Roy), by a title or the
/// role of the file and the family name (Dre Gagnon), by the nickname of the file or a common one and the family name (Manu Tremblay), by
/// first name and initial (Nathalie R.), and by a mention or hashtag that capitals cut so (@NathalieRoy). A family name that is
/// also an ordinary word (Roy, Petit, Young) needs its capital, and more than initials. Linear in the tokens. Private to host/policy.
/// Error: PRD_ERROR_MEMORY.
enum prd_error prd_directory_scan(const struct prd_directory *directory, uint32_t feature, struct prd_arena *arena,
                                  const struct prd_folded *folded, const struct prd_tokens *tokens,
                                  struct prd_hits *hits);

#endif
