#pragma once

#include <span>
#include <string>

/// The inner loops of a velocity evaluation in double, compiled for several instruction sets and
/// chosen at run time (Highway). Everything works on panels: tokens packed so that the loops read
/// memory in order.
///
/// With R = tile().rows and C = tile().columns (C divides R):
/// - token panels of X (d x n): panel p holds tokens pR .. pR+R-1 as d rows of R numbers,
/// - row panels of X: panel m holds rows mR .. mR+R-1 of every token, one token after the other,
/// - weight panels: panel g holds C columns of a matrix, row after row.
/// Missing tokens or rows of the last panel are zeros.
///
/// Every number is a sum in an order fixed by the sizes alone, so results do not depend on how
/// panels are distributed over threads. No function allocates or throws.
namespace attest::model::kernel {

struct Tile {
    long rows;    ///< R
    long columns; ///< C
};
/// The tile of the instruction set in use, and its name.
Tile tile();
std::string instruction_set();

/// Packs one panel of at most R tokens: `count` columns of length d, `stride` apart.
void pack_tokens(const double* tokens, long stride, long d, long count, double* panel);

/// Packs `count` tokens, `stride` apart, into row panels that are `panel_stride` apart; `panels`
/// points at the place of the first of these tokens in panel 0.
void pack_rows(const double* tokens, long stride, long d, long count, double* panels,
               long panel_stride);

/// Inner products s_ij of the tokens of some panels with those of others, and weights from them.
struct Scores {
    const double* left = nullptr;  ///< token panels, vector side: rows i
    const double* right = nullptr; ///< token panels, columns j
    long depth = 0;                ///< length of a token
    long left_first = 0;           ///< panels left_first .. left_first + left_count - 1
    long left_count = 0;
    long left_tokens = 0; ///< tokens in `left` altogether
    long right_first = 0;
    long right_count = 0;
    long right_tokens = 0;
    /// left == right: only panels i <= j are wanted.
    bool symmetric = false;
    /// Weights exp(beta (s - 1)) instead of s.
    bool exponential = false;
    double beta = 0;
    /// Where s_ij goes as row j of column i: weight panels with `by_left_rows` rows, of which the
    /// first belongs to the column i = left_origin and the row j = right_origin. May be null.
    double* by_left = nullptr;
    long by_left_rows = 0;
    /// Where s_ij goes as row i of column j. May be null.
    double* by_right = nullptr;
    long by_right_rows = 0;
    long left_origin = 0;
    long right_origin = 0;
    /// Room for left_count * right_count * R * R numbers.
    double* scratch = nullptr;
};
/// Fills both weight panels; returns the least s_ij that was met.
double fill_scores(const Scores& scores);

/// out = P^T or out += P^T with P given by row panels `left` and right panels.
struct Product {
    const double* left = nullptr; ///< row panels, at the first summed token
    long left_stride = 0;         ///< from one row panel to the next
    long rows = 0;                ///< rows of the product
    const double* right = nullptr;
    long right_step = 0;   ///< from one summed row to the next: C for weight panels, R for tokens
    long right_stride = 0; ///< from one weight panel, or token panel, to the next
    long depth = 0;        ///< summed length
    long first_group = 0;  ///< groups of C columns
    long last_group = 0;
    double* out = nullptr; ///< column-major, rows rounded up to a multiple of R
    long out_stride = 0;
    bool accumulate = false;
};
void multiply(const Product& product);

/// Sums of the C columns of a weight panel of `rows` rows, written or added to `sums`.
void sum_columns(const double* panel, long rows, bool accumulate, double* sums);

/// Replaces the C columns of a weight panel by exp(beta s - max over the column) and writes their
/// sums.
void softmax_columns(double* panel, long rows, double beta, double* sums);

/// A *= scale, then |A|^2 and <theta, A>.
struct TokenSums {
    double A_squared;
    double theta_A;
};
TokenSums normalise(double scale, const double* theta, long d, double* A);

/// out = speed (A - theta_A theta).
void project(double speed, double theta_A, const double* theta, const double* A, long d,
             double* out);

/// Replaces x by exp(x); 1 unit in the last place. For measurements.
void exponentials(std::span<double> x);

} // namespace attest::model::kernel
