//===- CodeObject/StandIns.cpp - Brian2's libraries and the registry ----===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/StandIns.h"

namespace brian2lift {
namespace {

// Brian2 2.8 and later: the random generator is std::mt19937.
const StandIn Random = {R"cpp(
#pragma once
#include <vector>
namespace std {
class random_device { public: random_device(); unsigned operator()(); };
class seed_seq { public: seed_seq(); seed_seq(initializer_list<unsigned>); template <class I> seed_seq(I, I); };
class mt19937 {
public:
  typedef unsigned long result_type;
  mt19937(); explicit mt19937(unsigned long); explicit mt19937(seed_seq &);
  void seed(unsigned long); void seed(seed_seq &); void seed(); unsigned long operator()();
  void discard(unsigned long long);
};
typedef mt19937 mt19937_64; typedef mt19937 default_random_engine; typedef mt19937 minstd_rand;
template <class T> struct __distribution {
  template <class... P> explicit __distribution(P...);
  template <class G> T operator()(G &); void reset();
};
template <class T = double> struct uniform_real_distribution : __distribution<T> { using __distribution<T>::__distribution; };
template <class T = double> struct normal_distribution : __distribution<T> { using __distribution<T>::__distribution; };
template <class T = double> struct exponential_distribution : __distribution<T> { using __distribution<T>::__distribution; };
template <class T = double> struct gamma_distribution : __distribution<T> { using __distribution<T>::__distribution; };
template <class T = int> struct uniform_int_distribution : __distribution<T> { using __distribution<T>::__distribution; };
template <class T = int> struct poisson_distribution : __distribution<T> { using __distribution<T>::__distribution; };
template <class T = int> struct binomial_distribution : __distribution<T> { using __distribution<T>::__distribution; };
struct bernoulli_distribution : __distribution<bool> { using __distribution<bool>::__distribution; };
template <class T, size_t B, class G> T generate_canonical(G &);
}
)cpp",
                        "random"};

// Profiling in Brian2 2.10, and progress reports that authors write.
const StandIn Concurrency = {R"cpp(
#pragma once
#include <vector>
namespace std {
template <long N, long D = 1> struct ratio {};
typedef ratio<1, 1000> milli; typedef ratio<1, 1000000> micro; typedef ratio<1, 1000000000> nano;
namespace chrono {
template <class R, class P = ratio<1>> class duration {
public:
  duration(); explicit duration(R); template <class S, class Q> duration(const duration<S, Q> &);
  R count() const; duration &operator+=(const duration &); duration &operator-=(const duration &);
};
template <class R, class P> duration<R, P> operator+(const duration<R, P> &, const duration<R, P> &);
template <class R, class P> duration<R, P> operator-(const duration<R, P> &, const duration<R, P> &);
template <class R, class P> bool operator<(const duration<R, P> &, const duration<R, P> &);
template <class R, class P> bool operator>(const duration<R, P> &, const duration<R, P> &);
typedef duration<long, nano> nanoseconds; typedef duration<long, micro> microseconds;
typedef duration<long, milli> milliseconds; typedef duration<long> seconds;
template <class C, class D = nanoseconds> class time_point { public: time_point(); D time_since_epoch() const; };
template <class C, class D> D operator-(const time_point<C, D> &, const time_point<C, D> &);
class system_clock {
public: typedef time_point<system_clock> time_point; static time_point now(); static time_t to_time_t(const time_point &);
};
typedef system_clock high_resolution_clock; typedef system_clock steady_clock;
template <class D, class R, class P> D duration_cast(const duration<R, P> &);
}
class thread { public: thread(); template <class F, class... A> explicit thread(F, A...); void join(); void detach(); };
namespace this_thread { template <class R, class P> void sleep_for(const chrono::duration<R, P> &); }
class mutex { public: void lock(); void unlock(); };
template <class M> class lock_guard { public: explicit lock_guard(M &); };
template <class M> class unique_lock { public: explicit unique_lock(M &); };
template <class T> class atomic { public: atomic(T = T()); T load() const; void store(T); operator T() const; T operator=(T); T operator++(); T operator+=(T); };
namespace filesystem {
class path { public: path(const string &); path(const char *); string string() const; };
path operator/(const path &, const path &);
bool exists(const path &); bool create_directory(const path &); bool create_directories(const path &);
bool remove(const path &); unsigned long file_size(const path &);
}
}
)cpp",
                             "atomic chrono condition_variable filesystem "
                             "future mutex ratio thread"};

// OpenMP is off when the code is read; calls of its library remain.
const StandIn OpenMP = {R"cpp(
#pragma once
extern "C" {
int omp_get_num_threads(), omp_get_thread_num(), omp_get_max_threads(), omp_get_num_procs(), omp_in_parallel();
void omp_set_num_threads(int), omp_set_dynamic(int), omp_set_nested(int);
double omp_get_wtime();
}
)cpp",
                        "omp.h"};

// GSL integrators: the step type that the driver is made with is all that
// tells gsl_rk2 from gsl_rkf45, so the names must be declared.
const StandIn GSL = {R"cpp(
#pragma once
#include <math.h>
enum { GSL_SUCCESS = 0, GSL_FAILURE = -1, GSL_EBADFUNC = 9, GSL_ENOPROG = 27, GSL_EMAXITER = 11 };
extern "C" {
typedef struct {
  int (*function)(double, const double[], double[], void *);
  int (*jacobian)(double, const double[], double *, double[], void *);
  size_t dimension; void *params;
} gsl_odeiv2_system;
typedef struct gsl_odeiv2_step_type gsl_odeiv2_step_type;
typedef struct gsl_odeiv2_control gsl_odeiv2_control;
typedef struct gsl_odeiv2_step gsl_odeiv2_step;
typedef struct { size_t dimension; double *y0, *yerr, *dydt_in, *dydt_out; double last_step; unsigned long count, failed_steps; } gsl_odeiv2_evolve;
typedef struct {
  const gsl_odeiv2_system *sys; gsl_odeiv2_evolve *e; gsl_odeiv2_control *c; gsl_odeiv2_step *s;
  double h, hmin, hmax; unsigned long n, nmax;
} gsl_odeiv2_driver;
extern const gsl_odeiv2_step_type *gsl_odeiv2_step_rk2, *gsl_odeiv2_step_rk4, *gsl_odeiv2_step_rkf45,
    *gsl_odeiv2_step_rkck, *gsl_odeiv2_step_rk8pd, *gsl_odeiv2_step_rk1imp, *gsl_odeiv2_step_rk2imp,
    *gsl_odeiv2_step_rk4imp, *gsl_odeiv2_step_bsimp, *gsl_odeiv2_step_msadams, *gsl_odeiv2_step_msbdf;
gsl_odeiv2_driver *gsl_odeiv2_driver_alloc_scaled_new(const gsl_odeiv2_system *, const gsl_odeiv2_step_type *, double, double, double, double, double, const double[]);
gsl_odeiv2_driver *gsl_odeiv2_driver_alloc_y_new(const gsl_odeiv2_system *, const gsl_odeiv2_step_type *, double, double, double);
gsl_odeiv2_driver *gsl_odeiv2_driver_alloc_standard_new(const gsl_odeiv2_system *, const gsl_odeiv2_step_type *, double, double, double, double, double);
int gsl_odeiv2_driver_apply(gsl_odeiv2_driver *, double *, double, double[]);
int gsl_odeiv2_driver_apply_fixed_step(gsl_odeiv2_driver *, double *, double, unsigned long, double[]);
int gsl_odeiv2_driver_set_hmin(gsl_odeiv2_driver *, double), gsl_odeiv2_driver_set_hmax(gsl_odeiv2_driver *, double);
int gsl_odeiv2_driver_set_nmax(gsl_odeiv2_driver *, unsigned long), gsl_odeiv2_driver_reset(gsl_odeiv2_driver *);
int gsl_odeiv2_driver_reset_hstart(gsl_odeiv2_driver *, double);
void gsl_odeiv2_driver_free(gsl_odeiv2_driver *);
}
)cpp",
                     "gsl/gsl_errno.h gsl/gsl_math.h gsl/gsl_matrix.h "
                     "gsl/gsl_odeiv2.h gsl/gsl_vector.h"};

// brianlib, for a project that was handed over without it.
const StandIn Brianlib = {R"cpp(
#pragma once
#include <vector>
using namespace std;
template <typename T> inline int int_(T value);
class BaseClock { public: int64_t *timestep; double *t; void tick(); bool running(); void set_interval(double, double); };
class Clock : public BaseClock { public: double epsilon; double *dt; Clock(double = 1e-14); };
class EventClock : public BaseClock { public: double *times; size_t n_times; };
template <class T> class DynamicArray1D {
public:
  DynamicArray1D(size_t = 0, double = 2.0); void resize(size_t); size_t size() const; bool empty() const;
  T &operator[](size_t); T *data(); T *get_data_ptr(); void push_back(const T &);
};
template <class T> class DynamicArray2D {
public:
  int n, m; DynamicArray2D(int = 0, int = 0); void resize(); void resize(int, int);
  T &operator()(int, int); vector<T> &operator()(int); T *get_data_ptr();
};
class CSpikeQueue {
public:
  CSpikeQueue(int, int); void push(int32_t *, int); vector<int32_t> *peek(); void advance(); int openmp_padding;
  template <class S> void prepare(S *, int, int32_t *, int, double);
};
typedef struct rk_state_ { int pos; } rk_state;
typedef int rk_error;
extern "C" {
void rk_seed(unsigned long, rk_state *);
rk_error rk_randomseed(rk_state *);
unsigned long rk_random(rk_state *), rk_interval(unsigned long, rk_state *);
long rk_long(rk_state *);
double rk_double(rk_state *), rk_gauss(rk_state *);
}
)cpp",
                          "brianlib/clocks.h brianlib/common_math.h "
                          "brianlib/dynamic_array.h brianlib/spikequeue.h "
                          "brianlib/stdint_compat.h clocks.h common_math.h "
                          "dynamic_array.h randomkit.h spikequeue.h "
                          "stdint_compat.h"};

// What `main` runs: the same class in all versions (and in Brian2CUDA).
const StandIn NetworkHeader = {R"cpp(
#pragma once
#include <set>
#include <utility>
#include <vector>
#include "brianlib/clocks.h"
typedef void (*codeobj_func)();
class Network {
public:
  double t;
  static double _last_run_time, _last_run_completed_fraction;
  static bool _globally_stopped, _globally_running;
  Network(); void clear(); template <class T> void add(T *, codeobj_func);
  void run(double, void (*)(double, double, double, double), double);
};
)cpp",
                               "network.h"};

} // namespace

void forEachStandIn(llvm::function_ref<void(const StandIn &)> Visitor) {
  for (const StandIn *S :
       {&CLibrary, &CoreLibrary, &MoreLibrary, &Random, &Concurrency, &OpenMP,
        &GSL, &CudaRuntime, &CudaRandom, &Thrust, &Genn, &NetworkHeader})
    Visitor(*S);
}

void forEachBrianlibStandIn(llvm::function_ref<void(const StandIn &)> Visitor) {
  Visitor(Brianlib);
  Visitor(CudaBrianlib);
}

} // namespace brian2lift
