// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the tables of a pack as one image. Author side only.
#ifndef PRD_POLICY_SOURCE_IMAGE_H
#define PRD_POLICY_SOURCE_IMAGE_H

#include "policy/model_file.h"
#include "policy/source_lexicon.h"
#include "policy/source_pack.h"
#include "policy/source_pattern.h"

/// Lays the image out in malloc'ed memory aligned for prd_pack_from_memory. `model` is NULL for a pack without one. Errors: PRD_ERROR_MEMORY, PRD_ERROR_TOO_LARGE.
enum prd_error prd_image_write(const struct prd_source_pack *pack, const struct prd_lexicon *lexicon,
                               const struct prd_pattern_tables *patterns, const struct prd_model_tables *model,
                               struct prd_arena *arena, void **bytes, size_t *size_bytes);

#endif
