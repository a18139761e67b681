#pragma once

#include "theorems/support.hpp"

#include <string>
#include <vector>

/// Times at which the schemes of Figure 2 (n = 256, beta = 5, r_0 = 1, alpha_t = 1) reach a level.
namespace attest::theorems {

/// Time at which 1 - gamma = epsilon for the scheme; tau is Mix-LN's.
Ball time_to_epsilon(const std::string& scheme, const Rational& epsilon, const Rational& tau);

/// Every scheme of words["slow"] reaches gamma = 1 - 10^-k, for every k of words["levels"] and
/// every Mix-LN tau of words["tau"], later than every scheme of words["fast"]; nothing is later
/// than itself.
Judgement decide_reaches_later(const Statement& statement, const Effort& effort);

/// Adds what decide_reaches_later found to a judgement about late times, as support only: an order
/// that is not there yet at the levels contradicts nothing about later ones, so that False counts
/// as Unknown there, unless the late order is refuted itself.
void support_by_times(Judgement& judgement, Judgement times, bool refuted = false);

/// From some moment on every scheme of words["slow"] is behind every scheme of words["fast"], for
/// every Mix-LN tau of words["tau"]: decided by the terminal laws and their enclosed constants.
/// C/t^3 is behind every law that decays faster than all powers of t; of two such laws the larger C
/// is behind. Times to the levels of words["levels"] are given as a second route.
Judgement decide_converges_last(const Statement& statement, const Effort& effort);

/// Every scheme of words["fast"] is ahead of every scheme of words["slow"] in the early layers: its
/// gamma' at the start is at least as large and it reaches gamma = 1/1000, 1/100 and 1/10 earlier;
/// with words["strict"] = "no" schemes whose equations coincide up to tau count as well.
Judgement decide_ahead_early(const Statement& statement, const Effort& effort);

} // namespace attest::theorems
