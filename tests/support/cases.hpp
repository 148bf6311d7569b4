// How many random cases a property test tries, for the tests whose cases are dear.
//
// Address and undefined behaviour sanitizers without optimisation make a case ten to thirty times
// as dear. The released build judges the answers on every case; the sanitizer build looks for what
// only it can see, and takes the first fifth of the same cases.
#pragma once

namespace flowproof::test {

#ifdef __SANITIZE_ADDRESS__
inline constexpr int share_of_cases = 5;
#else
inline constexpr int share_of_cases = 1;
#endif

/// What this build does of `all`. Numbers a test expects to have seen shrink with it.
template <class Number>
constexpr Number cases(Number all) {
  return all / share_of_cases;
}

}  // namespace flowproof::test
