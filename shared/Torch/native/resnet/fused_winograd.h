// Products of a row of pixels and R weights by fewer multiplications (Winograd 1980; Lavin and Gray 2016, "Fast Algorithms for Convolutional Neural
// Networks", sections 3 and 4): four outputs
//   y[j] = sum over t < R of w[t] x[j + t]  are  A' [(G w) o (B x)],  o element by element, so that 4 + R - 1 products take the place of 4 R.
// The derivative by the weights is of the same kind: sum over j of x[j + t] d[j]  is  G' [(B x) o (A d)].
// Sums are rounded about one and a half times as much as those of products one by one, and what cancels exactly on paper (y[j] and the x after x[j + R - 1], within a tile) is of the
// size of a rounding here.
#pragma once

namespace fused {

constexpr int kTile = 4;  // outputs

// Products that take the place of kTile outputs' with so many weights.
constexpr int winograd_points(int64_t weights) { return static_cast<int>(kTile + weights - 1); }

// The matrices of Toom and Cook's construction: polynomials of the weights and of the outputs are multiplied by their values at 4 + R - 2 numbers and at
// infinity. B holds the coefficients of the polynomials that are zero at all of the numbers but one, and of the one that is zero at all.
template <int R>
struct Winograd {
  static constexpr int kPoints = winograd_points(R);
  float a[kPoints][kTile] = {}, a_turned[kTile][kPoints] = {}, g[kPoints][R] = {}, g_turned[R][kPoints] = {}, b[kPoints][kPoints] = {};

  constexpr Winograd() {
    // Small numbers whose powers and quotients stay near one: of those tried the ones with the least error.
    constexpr double numbers[] = {0, 1, -1, -0.5, 2};
    constexpr int infinity = kPoints - 1;
    for (int p = 0; p < kPoints; ++p) {
      double product[kPoints + 1] = {1}, others = 1;
      int degree = 0;
      for (int q = 0; q < infinity; ++q) {
        if (q == p) continue;
        // product *= x - numbers[q]
        ++degree;
        for (int k = degree; k > 0; --k) product[k] = product[k - 1] - numbers[q] * product[k];
        product[0] *= -numbers[q];
        if (p != infinity) others *= numbers[p] - numbers[q];
      }
      for (int k = 0; k <= degree; ++k) b[p][k] = static_cast<float>(product[k]);
      double power = 1;
      for (int k = 0; k < kTile; ++k) {
        a[p][k] = p == infinity ? (k == kTile - 1 ? 1.0f : 0.0f) : static_cast<float>(power);
        a_turned[k][p] = a[p][k];
        if (k < R) g_turned[k][p] = g[p][k] = p == infinity ? (k == R - 1 ? 1.0f : 0.0f) : static_cast<float>(power / others);
        if (p != infinity) power *= numbers[p];
      }
    }
  }
};

template <int R>
inline constexpr Winograd<R> kWinograd;

}  // namespace fused
