#include <attest/flow/trajectory.hpp>

#include <iostream>

int main()
{
    attest::flow::TrajectoryRequest request;
    request.problem.scheme = "pre-ln";
    request.problem.n = 256;
    request.problem.beta = 5;
    request.until_time = 100;
    request.digits = 50;
    const auto end = attest::flow::trajectory(request).samples.back();
    std::cout << attest::to_decimal(end.gamma, request.digits) << '\n';
}
