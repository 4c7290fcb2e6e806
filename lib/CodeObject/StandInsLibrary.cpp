//===- CodeObject/StandInsLibrary.cpp - The C and C++ libraries ---------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeObject/StandIns.h"

namespace brian2lift {

// The C library: equations call its functions, and main() and brianlib need its
// types. All of it is both in :: and in std::, as real headers do it in
// practice, and every header declares all of it.
const StandIn CLibrary = {R"cpp(
#pragma once
// Types of arrays, indices and counters, in whichever spelling a version has.
typedef unsigned long size_t;
typedef long ptrdiff_t;
typedef long ssize_t;
typedef signed char int8_t;
typedef short int16_t;
typedef int int32_t;
typedef long int64_t;
typedef unsigned char uint8_t;
typedef unsigned short uint16_t;
typedef unsigned int uint32_t;
typedef unsigned long uint64_t;
typedef long intptr_t;
typedef unsigned long uintptr_t;
// Seeds by the time, time limits, reports of progress; calendars are for authors.
typedef long time_t;
typedef long clock_t;
typedef int sig_atomic_t;
typedef int pid_t;
typedef struct _FILE FILE;
struct tm { int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday,
            tm_yday, tm_isdst; };
struct timeval { time_t tv_sec; long tv_usec; };
struct timespec { time_t tv_sec; long tv_nsec; };
struct timezone;
struct timeb { time_t time; unsigned short millitm; short timezone, dstflag; };
// Constants that equations name, and pointers to nothing.
#define NULL __null
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_E 2.7182818284590452354
#define M_SQRT2 1.41421356237309504880
#define M_LN2 0.69314718055994530942
#define HUGE_VAL INFINITY
// Limits: loops of synapses and draws of integers; the others complete the set.
#define INT_MAX 2147483647
#define INT_MIN (-2147483647 - 1)
#define UINT_MAX 4294967295U
#define LONG_MAX 9223372036854775807L
#define LONG_MIN (-9223372036854775807L - 1L)
#define ULONG_MAX 18446744073709551615UL
#define INT32_MAX 2147483647
#define INT32_MIN (-2147483647 - 1)
#define INT64_MAX 9223372036854775807L
#define UINT32_MAX 4294967295U
#define UINT64_MAX 18446744073709551615UL
#define SIZE_MAX 18446744073709551615UL
#define CHAR_BIT 8
#define DBL_MAX 1.7976931348623157e308
#define DBL_MIN 2.2250738585072014e-308
#define DBL_EPSILON 2.2204460492503131e-16
#define FLT_MAX 3.40282347e38F
#define FLT_EPSILON 1.19209290e-7F
// How main() seeds, stops, and is stopped.
#define RAND_MAX 2147483647
#define CLOCKS_PER_SEC 1000000L
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define SIGINT 2
#define SIGTERM 15
#define SIGABRT 6
#define SIG_DFL ((void (*)(int))0)
#define SIG_IGN ((void (*)(int))1)
// Checks of Brian2CUDA and of authors; none says anything about the model.
#define assert(condition) ((void)0)
#define EINTR 4
#define ERANGE 34
#define errno (*__errno_location())
extern "C" {
// No macros: see the rules in StandIns.h.
extern const double INFINITY, NAN;
extern FILE *stdin, *stdout, *stderr;
int *__errno_location();
// What equations may call in any version, and what authors' functions call beside it.
double exp(double), exp2(double), expm1(double), log(double), log2(double),
    log10(double), log1p(double), pow(double, double), sqrt(double),
    cbrt(double), hypot(double, double), sin(double), cos(double), tan(double),
    asin(double), acos(double), atan(double), atan2(double, double),
    sinh(double), cosh(double), tanh(double), asinh(double), acosh(double),
    atanh(double), floor(double), ceil(double), trunc(double), round(double),
    rint(double), nearbyint(double), fabs(double), fmod(double, double),
    remainder(double, double), copysign(double, double), fmin(double, double),
    fmax(double, double), fma(double, double, double), erf(double),
    erfc(double), tgamma(double), lgamma(double), ldexp(double, int),
    frexp(double, int *), modf(double, double *), fdim(double, double),
    nan(const char *);
// Single precision, integers: authors' functions.
float expf(float), logf(float), powf(float, float), sqrtf(float), sinf(float),
    cosf(float), tanf(float), tanhf(float), fabsf(float), floorf(float),
    ceilf(float), fmodf(float, float), expm1f(float), log1pf(float);
long lround(double), lrint(double), labs(long);
long long llround(double), llabs(long long);
// Memory of brianlib, arguments of main(), exit on an error, the seed; text to numbers.
void *malloc(size_t), *calloc(size_t, size_t), *realloc(void *, size_t);
void free(void *), exit(int), abort(), _Exit(int), srand(unsigned);
int rand(), atexit(void (*)()), atoi(const char *), system(const char *);
long atol(const char *), random();
long long atoll(const char *);
double atof(const char *), strtod(const char *, char **), drand48();
long strtol(const char *, char **, int);
unsigned long strtoul(const char *, char **, int);
char *getenv(const char *), *strerror(int);
void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
// brianlib copies arrays; the rest is what C has for text, for authors.
void *memcpy(void *, const void *, size_t), *memset(void *, int, size_t),
    *memmove(void *, const void *, size_t);
int memcmp(const void *, const void *, size_t);
int strcmp(const char *, const char *), strncmp(const char *, const char *, size_t);
size_t strlen(const char *);
char *strcpy(char *, const char *), *strcat(char *, const char *),
    *strchr(const char *, int), *strstr(const char *, const char *),
    *strncpy(char *, const char *, size_t), *strdup(const char *);
// Reports and results.
int printf(const char *, ...), fprintf(FILE *, const char *, ...),
    sprintf(char *, const char *, ...), snprintf(char *, size_t, const char *, ...),
    scanf(const char *, ...), sscanf(const char *, const char *, ...),
    fscanf(FILE *, const char *, ...), puts(const char *), fflush(FILE *),
    fclose(FILE *), fputs(const char *, FILE *), fgetc(FILE *), remove(const char *),
    fseek(FILE *, long, int), feof(FILE *);
long ftell(FILE *);
char *fgets(char *, int, FILE *);
FILE *fopen(const char *, const char *);
size_t fread(void *, size_t, size_t, FILE *), fwrite(const void *, size_t, size_t, FILE *);
// See the types above.
time_t time(time_t *), mktime(tm *);
clock_t clock();
double difftime(time_t, time_t);
tm *localtime(const time_t *), *gmtime(const time_t *);
size_t strftime(char *, size_t, const char *, const tm *);
int gettimeofday(timeval *, timezone *), ftime(timeb *), clock_gettime(int, timespec *),
    nanosleep(const timespec *, timespec *);
// The user may stop a run; the rest is for authors who wait or ask the system.
void (*signal(int, void (*)(int)))(int);
int raise(int), getpid(), usleep(unsigned), isatty(int), isdigit(int), isalpha(int),
    isspace(int), toupper(int), tolower(int);
unsigned sleep(unsigned);
}
// As overloads where the value's type counts.
inline int abs(int);
inline long abs(long);
inline double abs(double);
template <class T> bool isnan(T);
template <class T> bool isinf(T);
template <class T> bool isfinite(T);
template <class T> bool signbit(T);
// Generated code has both std::exp and exp, by version and file.
namespace std {
typedef decltype(nullptr) nullptr_t;
using ::size_t; using ::ptrdiff_t; using ::int8_t; using ::int16_t; using ::int32_t;
using ::int64_t; using ::uint8_t; using ::uint16_t; using ::uint32_t; using ::uint64_t;
using ::time_t; using ::clock_t; using ::tm; using ::FILE; using ::sig_atomic_t;
using ::exp; using ::exp2; using ::expm1; using ::log; using ::log2; using ::log10;
using ::log1p; using ::pow; using ::sqrt; using ::cbrt; using ::hypot; using ::sin;
using ::cos; using ::tan; using ::asin; using ::acos; using ::atan; using ::atan2;
using ::sinh; using ::cosh; using ::tanh; using ::asinh; using ::acosh; using ::atanh;
using ::floor; using ::ceil; using ::trunc; using ::round; using ::rint; using ::fabs;
using ::fmod; using ::remainder; using ::copysign; using ::fmin; using ::fmax;
using ::erf; using ::erfc; using ::tgamma; using ::lgamma; using ::abs; using ::isnan;
using ::isinf; using ::isfinite; using ::signbit; using ::lround; using ::nearbyint;
using ::malloc; using ::calloc; using ::realloc; using ::free; using ::exit;
using ::abort; using ::srand; using ::rand; using ::atexit; using ::atoi; using ::atol;
using ::atof; using ::strtod; using ::strtol; using ::getenv; using ::system;
using ::tolower; using ::toupper; using ::isdigit; using ::isspace; using ::isalpha;
using ::memcpy; using ::memset; using ::memmove; using ::memcmp; using ::strcmp;
using ::strlen; using ::strcpy; using ::strerror; using ::printf; using ::fprintf;
using ::sprintf; using ::snprintf; using ::fopen; using ::fclose; using ::fread;
using ::fwrite; using ::fflush; using ::remove; using ::time; using ::clock;
using ::difftime; using ::localtime; using ::strftime; using ::signal; using ::raise;
}
)cpp",
                          "assert.h cassert cctype cerrno cfloat cinttypes "
                          "climits clocale cmath csignal cstdarg cstddef "
                          "cstdint cstdio cstdlib cstring ctime ctype.h "
                          "errno.h float.h inttypes.h limits.h locale.h "
                          "malloc.h math.h memory.h signal.h stdarg.h "
                          "stdbool.h stddef.h stdint.h stdio.h stdlib.h "
                          "string.h sys/time.h sys/timeb.h sys/types.h "
                          "sys/stat.h time.h unistd.h values.h"};

// Containers, strings, algorithms and streams: whatever state updaters,
// monitors and synapses of any Brian2 version touch. One class is
// the iterator of all.
const StandIn CoreLibrary = {
    R"cpp(
#pragma once
#include <math.h>
namespace std {
// What the classes below and authors' templates are made of.
template <class T> class initializer_list {
public:
  const T *p; size_t n;
  const T *begin() const; const T *end() const; size_t size() const;
};
template <class T, T V> struct integral_constant {
  static constexpr T value = V; constexpr operator T() const { return V; }
};
typedef integral_constant<bool, true> true_type;
typedef integral_constant<bool, false> false_type;
template <class T> struct is_trivially_copyable : true_type {};
template <class T> struct is_integral : false_type {};
template <class T> struct is_floating_point : false_type {};
template <class T> struct is_arithmetic : false_type {};
template <class A, class B> struct is_same : false_type {};
template <class A> struct is_same<A, A> : true_type {};
template <bool C, class T = void> struct enable_if {};
template <class T> struct enable_if<true, T> { typedef T type; };
template <class T> struct remove_reference { typedef T type; };
template <class T> struct remove_reference<T &> { typedef T type; };
template <class T> struct remove_reference<T &&> { typedef T type; };
template <class T> typename remove_reference<T>::type &&move(T &&);
template <class T> T &&forward(typename remove_reference<T>::type &);
template <class T> void swap(T &, T &);
template <class A, class B> struct pair {
  typedef A first_type; typedef B second_type;
  A first; B second;
  pair(); pair(const A &, const B &);
  template <class C, class D> pair(const pair<C, D> &);
};
template <class A, class B> bool operator==(const pair<A, B> &, const pair<A, B> &);
template <class A, class B> bool operator<(const pair<A, B> &, const pair<A, B> &);
template <class A, class B> pair<A, B> make_pair(A, B);
// inf and nan of constants; epsilon of clocks.
template <class T> struct numeric_limits {
  static constexpr bool has_infinity = true;
  static T infinity(), quiet_NaN(), max(), min(), lowest(), epsilon();
};
// Dynamic arrays, spike queues and the stores of monitors.
template <class T> class allocator {};
template <class T> class __iterator {
public:
  __iterator(); template <class U> __iterator(const __iterator<U> &);
  T &operator*() const; T *operator->() const; __iterator &operator++(); __iterator operator++(int);
  __iterator &operator--(); __iterator operator--(int); T &operator[](ptrdiff_t) const;
  __iterator operator+(ptrdiff_t) const; __iterator operator-(ptrdiff_t) const; ptrdiff_t operator-(const __iterator &) const;
  __iterator &operator+=(ptrdiff_t); __iterator &operator-=(ptrdiff_t); bool operator<(const __iterator &) const;
  bool operator==(const __iterator &) const; bool operator!=(const __iterator &) const;
};
template <class T> class vector {
public:
  typedef T value_type; typedef T &reference; typedef const T &const_reference;
  typedef __iterator<T> iterator; typedef __iterator<const T> const_iterator; typedef size_t size_type;
  vector(); explicit vector(size_t); vector(size_t, const T &);
  vector(const vector &); vector(initializer_list<T>);
  template <class I> vector(I, I);
  vector &operator=(const vector &); vector &operator=(initializer_list<T>);
  reference operator[](size_t); const_reference operator[](size_t) const;
  reference at(size_t); reference front(); reference back();
  const_reference at(size_t) const; const_reference front() const; const_reference back() const;
  T *data(); const T *data() const; size_t size() const; size_t capacity() const;
  bool empty() const; void clear(); void resize(size_t); void resize(size_t, const T &);
  void reserve(size_t); void push_back(const T &); void pop_back(); void shrink_to_fit();
  template <class... U> void emplace_back(U &&...);
  iterator begin(); iterator end(); const_iterator begin() const; const_iterator end() const;
  iterator insert(const_iterator, const T &); iterator erase(const_iterator);
  iterator erase(const_iterator, const_iterator); void assign(size_t, const T &);
  template <class I> void insert(const_iterator, I, I);
  template <class I> void assign(I, I); void swap(vector &);
};
template <class T> bool operator==(const vector<T> &, const vector<T> &);
// The clocks of a network, names of results, arguments by name.
template <class T> struct less {};
template <class T> struct greater {};
template <class T, class L = less<T>> class set {
public:
  typedef __iterator<const T> iterator; typedef iterator const_iterator; typedef T value_type;
  set(); template <class I> set(I, I); set(initializer_list<T>);
  pair<iterator, bool> insert(const T &); template <class I> void insert(I, I);
  iterator begin() const; iterator end() const; iterator find(const T &) const;
  size_t count(const T &) const; size_t size() const; bool empty() const; void clear();
  size_t erase(const T &); iterator erase(iterator);
};
template <class K, class V, class L = less<K>> class map {
public:
  typedef pair<const K, V> value_type; typedef __iterator<value_type> iterator;
  typedef iterator const_iterator;
  map(); map(initializer_list<value_type>);
  V &operator[](const K &); V &at(const K &); const V &at(const K &) const;
  pair<iterator, bool> insert(const value_type &); iterator begin() const; iterator end() const;
  iterator find(const K &) const; size_t count(const K &) const; size_t size() const;
  bool empty() const; void clear(); size_t erase(const K &);
};
// Names of files, arguments of main(), set_variable_by_name.
template <class C> struct char_traits {};
class string {
public:
  static const size_t npos = -1;
  typedef __iterator<char> iterator; typedef size_t size_type;
  string(); string(const char *); string(const char *, size_t); string(size_t, char);
  string(const string &); template <class I> string(I, I);
  string &operator=(const string &); string &operator=(const char *);
  string &operator+=(const string &); string &operator+=(char);
  char &operator[](size_t); const char &operator[](size_t) const; char &at(size_t);
  char &back(); char &front();
  const char *c_str() const; const char *data() const; size_t size() const; size_t length() const;
  bool empty() const; void clear(); void push_back(char); void pop_back(); void resize(size_t);
  string substr(size_t, size_t = npos) const; size_t find(const string &, size_t = 0) const;
  size_t find(char, size_t = 0) const; size_t rfind(char, size_t = npos) const;
  size_t find_first_of(const string &, size_t = 0) const;
  size_t find_last_of(const string &, size_t = npos) const; int compare(const string &) const;
  string &append(const string &); string &erase(size_t = 0, size_t = npos);
  string &replace(size_t, size_t, const string &); string &insert(size_t, const string &);
  iterator begin(); iterator end();
};
typedef string string_view;
string operator+(const string &, const string &);
string operator+(const string &, const char *);
string operator+(const char *, const string &);
string operator+(const string &, char);
string operator+(char, const string &);
bool operator==(const string &, const string &); bool operator!=(const string &, const string &);
bool operator==(const string &, const char *); bool operator!=(const string &, const char *);
bool operator<(const string &, const string &);
template <class T> string to_string(T);
int stoi(const string &, size_t * = 0, int = 10); long stol(const string &, size_t * = 0, int = 10);
long long stoll(const string &, size_t * = 0, int = 10); float stof(const string &, size_t * = 0);
unsigned long stoul(const string &, size_t * = 0, int = 10); double stod(const string &, size_t * = 0);
// Errors that brianlib and authors throw.
class exception { public: virtual ~exception(); virtual const char *what() const noexcept; };
class runtime_error : public exception { public: explicit runtime_error(const string &); };
class logic_error : public exception { public: explicit logic_error(const string &); };
class out_of_range : public logic_error { public: explicit out_of_range(const string &); };
class invalid_argument : public logic_error { public: explicit invalid_argument(const string &); };
class bad_alloc : public exception {};
// Results are written and static arrays are read by streams; reports go to cout.
typedef long streamoff; typedef long streamsize;
class streampos { public: streampos(long = 0); operator long() const; };
class ios_base {
public:
  typedef int openmode; typedef int seekdir; typedef int fmtflags; typedef int iostate;
  static const openmode in = 1, out = 2, binary = 4, app = 8, ate = 16, trunc = 32;
  static const seekdir beg = 0, cur = 1, end = 2;
  static const fmtflags fixed = 1, scientific = 2, floatfield = 3;
  static const iostate failbit = 1, badbit = 2;
  static bool sync_with_stdio(bool = true);
  int precision(int); int width(int);
};
class ios : public ios_base {
public:
  bool good() const; bool fail() const; bool bad() const; bool eof() const; void clear();
  explicit operator bool() const; bool operator!() const; void exceptions(int);
};
class ostream : public ios {
public:
  template <class T> ostream &operator<<(const T &);
  ostream &operator<<(const char *); fmtflags setf(fmtflags); fmtflags setf(fmtflags, fmtflags);
  ostream &operator<<(ostream &(*)(ostream &)); ostream &operator<<(ios_base &(*)(ios_base &));
  ostream &write(const char *, streamsize); ostream &put(char); ostream &flush();
  streampos tellp(); ostream &seekp(streampos); ostream &seekp(streamoff, int);
};
class istream : public ios {
public:
  template <class T> istream &operator>>(T &);
  istream &read(char *, streamsize); istream &get(char &); int get(); istream &ignore(streamsize = 1, int = -1);
  istream &getline(char *, streamsize); streampos tellg(); istream &seekg(streampos);
  istream &seekg(streamoff, int); streamsize gcount() const; int peek();
};
class iostream : public ostream {};
class ofstream : public ostream {
public:
  ofstream(); explicit ofstream(const string &, int = 2); void open(const string &, int = 2);
  bool is_open() const; void close();
};
class ifstream : public istream {
public:
  ifstream(); explicit ifstream(const string &, int = 1); void open(const string &, int = 1);
  bool is_open() const; void close();
};
class fstream : public ofstream {};
istream &getline(istream &, string &); istream &getline(istream &, string &, char);
extern ostream cout, cerr, clog;
extern istream cin;
ostream &endl(ostream &); ostream &flush(ostream &); ostream &ends(ostream &);
ios_base &fixed(ios_base &); ios_base &scientific(ios_base &); ios_base &hex(ios_base &);
ios_base &dec(ios_base &); ios_base &boolalpha(ios_base &);
// Synapses sort and search; monitors fill and copy; authors do the rest.
template <class T> const T &min(const T &, const T &);
template <class T> const T &max(const T &, const T &);
template <class T> const T &clamp(const T &, const T &, const T &);
template <class I> void sort(I, I); template <class I, class C> void sort(I, I, C) {}
template <class I> I rotate(I, I, I); template <class I> void reverse(I, I);
template <class I, class T> I lower_bound(I, I, const T &);
template <class I, class T> I upper_bound(I, I, const T &);
template <class I, class T> I find(I, I, const T &);
template <class I, class F> I find_if(I i, I, F) { return i; }
template <class I, class T> bool binary_search(I, I, const T &);
template <class I, class T> ptrdiff_t count(I, I, const T &);
template <class I, class T> void fill(I, I, const T &);
template <class I, class N, class T> void fill_n(I, N, const T &);
template <class I, class O> O copy(I, I, O); template <class I, class N, class O> O copy_n(I, N, O);
template <class I, class O, class F> O transform(I, I, O o, F) { return o; }
template <class I, class F> void for_each(I, I, F) {}
template <class I> I max_element(I, I); template <class I> I min_element(I, I);
template <class I> I unique(I, I); template <class I, class T> I remove(I, I, const T &);
template <class I, class T> T accumulate(I, I, T); template <class I, class T> void iota(I, I, T);
template <class I> ptrdiff_t distance(I, I); template <class I, class N> void advance(I &, N);
template <class I> I next(I); template <class C> int back_inserter(C &);
template <class C> auto begin(C &c) -> decltype(c.begin());
template <class C> auto end(C &c) -> decltype(c.end());
}
)cpp",
    "algorithm exception fstream initializer_list ios "
    "iosfwd iostream istream iterator limits locale map "
    "new numeric ostream set stdexcept streambuf string "
    "string_view system_error type_traits typeinfo "
    "utility vector"};

// What the generator never uses but authors' own headers may. It is apart from
// the core because every declaration costs time in every project.
const StandIn MoreLibrary = {
    R"cpp(
#pragma once
#include <vector>
namespace std {
template <class... T> class tuple { public: tuple(); template <class... U> tuple(U...); };
template <class... T> tuple<T...> make_tuple(T...);
template <class... T> tuple<T &...> tie(T &...);
template <size_t I, class H, class... T> struct __nth : __nth<I - 1, T...> {};
template <class H, class... T> struct __nth<0, H, T...> { typedef H type; };
template <size_t I, class... T> typename __nth<I, T...>::type &get(const tuple<T...> &);
template <class T> class deque : public vector<T> {
public: void push_front(const T &); void pop_front();
};
template <class T> class list : public deque<T> {};
template <class T, class C = deque<T>> class queue {
public: void push(const T &); void pop(); T &front(); T &back(); bool empty() const; size_t size() const;
};
template <class T, class C = deque<T>> class stack {
public: void push(const T &); void pop(); T &top(); bool empty() const; size_t size() const;
};
template <class T, size_t N> struct array {
  T elements[N];
  T &operator[](size_t); const T &operator[](size_t) const; size_t size() const; T *data();
  T *begin(); T *end(); void fill(const T &);
};
template <class T> class unordered_set : public set<T> {};
template <class T> class multiset : public set<T> {};
template <class K, class V> class unordered_map : public map<K, V> {};
class ostringstream : public ostream { public: ostringstream(); string str() const; };
class istringstream : public istream { public: explicit istringstream(const string &); string str() const; };
class stringstream : public ostream {
public: stringstream(); explicit stringstream(const string &); string str() const;
  template <class T> stringstream &operator>>(T &);
};
struct __manipulator {};
__manipulator setprecision(int); __manipulator setw(int); __manipulator setfill(char);
template <class T> class unique_ptr {
public: unique_ptr(T * = 0); T &operator*() const; T *operator->() const; T *get() const; T *release();
  void reset(T * = 0); explicit operator bool() const;
};
template <class T> class shared_ptr : public unique_ptr<T> { public: using unique_ptr<T>::unique_ptr; };
template <class T, class... U> unique_ptr<T> make_unique(U &&...);
template <class T, class... U> shared_ptr<T> make_shared(U &&...);
template <class F> class function { public: function(); template <class G> function(G); explicit operator bool() const; };
template <class R, class... A> class function<R(A...)> {
public: function(); template <class G> function(G); R operator()(A...) const; explicit operator bool() const;
};
}
)cpp",
    "tuple array bitset deque functional iomanip list "
    "memory optional queue sstream stack unordered_map "
    "unordered_set valarray variant"};

} // namespace brian2lift
