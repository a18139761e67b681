#include "attest/model/worker_team.hpp"

#include "attest/numbers/errors.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace attest {
namespace {

TEST(WorkerTeam, DoesEveryTaskOnce)
{
    for (const int threads : {1, 2, 5}) {
        model::WorkerTeam team(threads);
        EXPECT_EQ(team.size(), threads);
        for (long count = 0; count < 200; ++count) {
            std::vector<int> done(static_cast<std::size_t>(count), 0);
            team.run(count, [&](long task, int worker) {
                done[static_cast<std::size_t>(task)] += worker < threads ? 1 : 2;
            });
            EXPECT_EQ(done, std::vector<int>(static_cast<std::size_t>(count), 1));
        }
    }
}

TEST(WorkerTeam, NamesAnImpossibleSize)
{
    EXPECT_THROW(model::WorkerTeam(0), InputError);
    EXPECT_THROW(model::WorkerTeam(-3), InputError);
    EXPECT_THROW(model::WorkerTeam(100000), InputError);
}

} // namespace
} // namespace attest
