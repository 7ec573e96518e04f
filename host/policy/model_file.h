// SPDX-License-Identifier: GPL-3.0-or-later
// A trained model as a file: what `prudence model train` writes and the builder of packs reads. Author side only.
#ifndef PRD_POLICY_MODEL_FILE_H
#define PRD_POLICY_MODEL_FILE_H

#include "base/arena.h"
#include "base/error.h"
#include "policy/category.h"
#include "policy/image.h"

enum { PRD_MODEL_INSTITUTIONS_MAX = 16, PRD_MODEL_NAME_BYTES = 72 };

/// The model of one or several institutions: the words are common to all, the biases are each one's.
struct prd_model_tables {
  const struct prd_image_model_slot *slots; ///< a power of two of places, and one that ends the others
  const prd_image_model_weight *weights;
  uint32_t slot_count, weight_count, institution_count;
  char institutions[PRD_MODEL_INSTITUTIONS_MAX][PRD_MODEL_NAME_BYTES];
  struct prd_image_model_output outputs[PRD_MODEL_INSTITUTIONS_MAX][PRD_MODEL_OUTPUT_COUNT];
};

/// Writes as prd_built_write does: readers see the old file or the whole new one. Errors: PRD_ERROR_IO with errno, PRD_ERROR_MEMORY.
enum prd_error prd_model_file_write(struct prd_arena *arena, const char *path, const struct prd_model_tables *tables);

/// Reads a whole model into the arena. Errors: PRD_ERROR_NOT_FOUND, PRD_ERROR_IO, PRD_ERROR_MEMORY, PRD_ERROR_CORRUPT for a file that is
/// no model, or damaged, or of another version.
enum prd_error prd_model_file_read(struct prd_arena *arena, const char *path, struct prd_model_tables *out);

/// The outputs of an institution; for one that the model has not met, those of the average of all it knows (`room` receives them).
const struct prd_image_model_output *prd_model_outputs_for(const struct prd_model_tables *tables,
                                                           const char *institution,
                                                           struct prd_image_model_output room[PRD_MODEL_OUTPUT_COUNT]);

#endif
