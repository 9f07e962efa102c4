// A weight whose degrees are sorted, in both directions, is a staircase: what is kept of a row is a prefix, and it only grows
// from row to row. Products are then done in blocks of rows or columns, and the part above the stairs is never touched.
#pragma once

#include <algorithm>
#include <vector>

#include "fused_mask.h"

namespace fused {

struct Block {
  int64_t begin, count;  // rows (or columns) of the block
  int64_t from, kept;    // columns (or rows) that some of them keep: `kept` of them, from `from` on
};

class Stairs {
 public:
  Stairs(const Mask& mask, int64_t rows, int64_t columns) : mask_(mask), rows_(rows), columns_(columns) {
    sorted_ = mask.outputs != nullptr && std::is_sorted(mask.outputs, mask.outputs + rows) &&
              std::is_sorted(mask.inputs, mask.inputs + columns);
  }

  bool sorted() const { return sorted_; }
  const Mask& mask() const { return mask_; }

  // Columns kept by a row: a prefix, when sorted.
  int64_t prefix(int64_t row) const {
    return std::upper_bound(mask_.inputs, mask_.inputs + columns_, mask_.outputs[row]) - mask_.inputs;
  }

  // Blocks of rows, with the columns that the last row of each keeps.
  std::vector<Block> row_blocks(int64_t count) const {
    std::vector<Block> blocks = cut(rows_, count);
    for (Block& b : blocks) b.from = 0, b.kept = sorted_ ? prefix(b.begin + b.count - 1) : columns_;
    return blocks;
  }

  // Blocks of columns, with the rows that keep the first column of each: a suffix.
  std::vector<Block> column_blocks(int64_t count) const {
    std::vector<Block> blocks = cut(columns_, count);
    for (Block& b : blocks) {
      b.from = sorted_ ? std::lower_bound(mask_.outputs, mask_.outputs + rows_, mask_.inputs[b.begin]) - mask_.outputs : 0;
      b.kept = rows_ - b.from;
    }
    return blocks;
  }

 private:
  // Not sorted: one block, the whole matrix. Sorted: pieces of equal size, in multiples of 16 for the sake of vectors.
  std::vector<Block> cut(int64_t size, int64_t count) const {
    std::vector<Block> blocks;
    const int64_t step = sorted_ ? std::max<int64_t>(16, (size / count + 15) / 16 * 16) : size;
    for (int64_t begin = 0; begin < size; begin += step) blocks.push_back({begin, std::min(step, size - begin), 0, 0});
    return blocks;
  }

  Mask mask_;
  int64_t rows_, columns_;
  bool sorted_;
};

}  // namespace fused
