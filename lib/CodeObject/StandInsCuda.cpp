//===- CodeObject/StandInsCuda.cpp - Stand-ins for CUDA -----------------===//
//
// Part of brian2lift, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `.cu` files are read as plain C++: what CUDA adds to the language is little,
// and none of it says anything about the model. The words in front of a
// function become nothing, except that a kernel must be known as one; launches
// `f<<<n, m>>>(x)` are made calls before parsing (Unit.h). Clang's own CUDA
// mode would check which functions may call which, against headers of a
// toolkit that is not here.
//
//===----------------------------------------------------------------------===//

#include "CodeObject/StandIns.h"

namespace brian2lift {

// What nvcc declares in every file without being asked, and the runtime's
// functions that host code calls. Their arguments do not matter to the model,
// so that one declaration takes them all.
const StandIn CudaRuntime = {R"cpp(
#pragma once
#include <math.h>
#define __global__ __attribute__((annotate("__global__")))
#define __device__
#define __host__
#define __shared__
#define __constant__
#define __managed__
#define __forceinline__
#define __launch_bounds__(...)
struct uint3 { unsigned x, y, z; };
struct dim3 { unsigned x, y, z; dim3(unsigned = 1, unsigned = 1, unsigned = 1); };
extern const uint3 threadIdx, blockIdx;
extern const dim3 blockDim, gridDim;
extern const int warpSize;
enum cudaError { cudaSuccess = 0, cudaErrorMemoryAllocation = 2 };
typedef cudaError cudaError_t;
enum cudaMemcpyKind { cudaMemcpyHostToHost, cudaMemcpyHostToDevice, cudaMemcpyDeviceToHost, cudaMemcpyDeviceToDevice, cudaMemcpyDefault };
enum cudaLimit { cudaLimitStackSize, cudaLimitPrintfFifoSize, cudaLimitMallocHeapSize };
enum cudaFuncCache { cudaFuncCachePreferNone, cudaFuncCachePreferShared, cudaFuncCachePreferL1, cudaFuncCachePreferEqual };
struct cudaDeviceProp {
  char name[256]; size_t totalGlobalMem, sharedMemPerBlock;
  int warpSize, maxThreadsPerBlock, maxThreadsPerMultiProcessor, multiProcessorCount, major, minor, regsPerBlock, clockRate;
};
struct cudaFuncAttributes { size_t sharedSizeBytes, constSizeBytes, localSizeBytes; int maxThreadsPerBlock, numRegs, ptxVersion, binaryVersion; };
typedef struct __cudaStream *cudaStream_t;
typedef struct __cudaEvent *cudaEvent_t;
template <class... T> cudaError cudaMalloc(T...);
template <class... T> cudaError cudaMemcpy(T...);
template <class... T> cudaError cudaMemcpyAsync(T...);
template <class... T> cudaError cudaMemset(T...);
template <class... T> cudaError cudaMemcpyToSymbol(const T &...);
template <class... T> cudaError cudaMemcpyFromSymbol(const T &...);
template <class... T> cudaError cudaGetSymbolAddress(const T &...);
template <class... T> cudaError cudaFree(T...);
template <class... T> cudaError cudaMallocHost(T...);
template <class... T> cudaError cudaFreeHost(T...);
template <class... T> cudaError cudaMemGetInfo(T...);
template <class... T> cudaError cudaFuncGetAttributes(T...);
template <class... T> cudaError cudaFuncSetCacheConfig(T...);
template <class... T> cudaError cudaOccupancyMaxPotentialBlockSize(T...);
template <class... T> cudaError cudaOccupancyMaxActiveBlocksPerMultiprocessor(T...);
template <class... T> cudaError cudaGetDeviceProperties(T...);
template <class... T> cudaError cudaStreamCreate(T...);
template <class... T> cudaError cudaStreamDestroy(T...);
template <class... T> cudaError cudaEventCreate(T...);
template <class... T> cudaError cudaEventRecord(T...);
template <class... T> cudaError cudaEventSynchronize(T...);
template <class... T> cudaError cudaEventElapsedTime(T...);
template <class... T> cudaError cudaEventDestroy(T...);
cudaError cudaSetDevice(int), cudaGetDevice(int *), cudaGetDeviceCount(int *), cudaDeviceSynchronize(), cudaDeviceReset(),
    cudaDeviceSetLimit(cudaLimit, size_t), cudaDeviceSetCacheConfig(cudaFuncCache), cudaGetLastError(), cudaPeekAtLastError(),
    cudaProfilerStart(), cudaProfilerStop();
const char *cudaGetErrorString(cudaError), *cudaGetErrorName(cudaError);
void __syncthreads(), __threadfence(), __threadfence_block(), __syncwarp(unsigned = 0);
template <class T, class U> T atomicAdd(T *, U);
template <class T, class U> T atomicSub(T *, U);
template <class T, class U> T atomicMin(T *, U);
template <class T, class U> T atomicMax(T *, U);
template <class T, class U> T atomicExch(T *, U);
template <class T, class U, class V> T atomicCAS(T *, U, V);
long long __double_as_longlong(double);
double __longlong_as_double(long long);
int __float_as_int(float);
float __int_as_float(int);
template <class T, class U> auto min(T, U) -> decltype(T() + U());
template <class T, class U> auto max(T, U) -> decltype(T() + U());
)cpp",
                             "cuda_runtime.h cuda.h cuda_profiler_api.h "
                             "cuda_runtime_api.h device_functions.h "
                             "device_launch_parameters.h helper_cuda.h "
                             "vector_types.h",
                             /*IsAlways=*/true};

// Random numbers. Which distribution a buffer holds is told by its name, not by
// what fills it.
const StandIn CudaRandom = {R"cpp(
#pragma once
#include <cuda_runtime.h>
enum curandStatus_t {
  CURAND_STATUS_SUCCESS = 0, CURAND_STATUS_VERSION_MISMATCH = 100, CURAND_STATUS_NOT_INITIALIZED, CURAND_STATUS_ALLOCATION_FAILED,
  CURAND_STATUS_TYPE_ERROR, CURAND_STATUS_OUT_OF_RANGE, CURAND_STATUS_LENGTH_NOT_MULTIPLE, CURAND_STATUS_DOUBLE_PRECISION_REQUIRED,
  CURAND_STATUS_LAUNCH_FAILURE, CURAND_STATUS_PREEXISTING_FAILURE, CURAND_STATUS_INITIALIZATION_FAILED, CURAND_STATUS_ARCH_MISMATCH,
  CURAND_STATUS_INTERNAL_ERROR
};
enum curandRngType_t {
  CURAND_RNG_PSEUDO_DEFAULT = 100, CURAND_RNG_PSEUDO_XORWOW, CURAND_RNG_PSEUDO_MRG32K3A, CURAND_RNG_PSEUDO_MTGP32, CURAND_RNG_PSEUDO_MT19937,
  CURAND_RNG_PSEUDO_PHILOX4_32_10, CURAND_RNG_QUASI_DEFAULT, CURAND_RNG_QUASI_SOBOL32, CURAND_RNG_QUASI_SCRAMBLED_SOBOL32,
  CURAND_RNG_QUASI_SOBOL64, CURAND_RNG_QUASI_SCRAMBLED_SOBOL64
};
enum curandOrdering_t {
  CURAND_ORDERING_PSEUDO_BEST = 100, CURAND_ORDERING_PSEUDO_DEFAULT, CURAND_ORDERING_PSEUDO_SEEDED, CURAND_ORDERING_PSEUDO_LEGACY,
  CURAND_ORDERING_QUASI_DEFAULT = 201
};
typedef struct __curandGenerator *curandGenerator_t;
struct curandState { int d; };
typedef curandState curandState_t, curandStateXORWOW_t, curandStateMRG32k3a_t, curandStatePhilox4_32_10_t;
template <class... T> curandStatus_t curandCreateGenerator(T...);
template <class... T> curandStatus_t curandDestroyGenerator(T...);
template <class... T> curandStatus_t curandSetPseudoRandomGeneratorSeed(T...);
template <class... T> curandStatus_t curandSetGeneratorOffset(T...);
template <class... T> curandStatus_t curandSetGeneratorOrdering(T...);
template <class... T> curandStatus_t curandGenerateUniform(T...);
template <class... T> curandStatus_t curandGenerateUniformDouble(T...);
template <class... T> curandStatus_t curandGenerateNormal(T...);
template <class... T> curandStatus_t curandGenerateNormalDouble(T...);
template <class... T> curandStatus_t curandGeneratePoisson(T...);
template <class... T> void curand_init(T...);
float curand_uniform(curandState *), curand_normal(curandState *);
double curand_uniform_double(curandState *), curand_normal_double(curandState *);
unsigned curand(curandState *), curand_poisson(curandState *, double);
)cpp",
                            "curand.h curand_kernel.h curand_normal.h "
                            "curand_poisson.h curand_uniform.h",
                            /*IsAlways=*/true};

// Containers of the device. They are declared as what they stand for: the raw
// pointer of a device vector is that vector.
const StandIn Thrust = {R"cpp(
#pragma once
#include <vector>
#include <cuda_runtime.h>
namespace thrust {
template <class T> class host_vector;
template <class T> class device_ptr {
public: device_ptr(); explicit device_ptr(T *); T &operator*() const; T &operator[](long) const; T *get() const;
  device_ptr operator+(long) const; long operator-(device_ptr) const;
};
template <class T> class device_vector {
public:
  typedef T *iterator; typedef T value_type;
  device_vector(); explicit device_vector(size_t); device_vector(size_t, const T &); device_vector(const host_vector<T> &);
  template <class I> device_vector(I, I);
  device_vector &operator=(const host_vector<T> &); T &operator[](size_t); const T &operator[](size_t) const;
  size_t size() const; size_t capacity() const; bool empty() const; T *begin(); T *end(); T *data(); T &front(); T &back();
  void resize(size_t); void resize(size_t, const T &); void reserve(size_t); void clear(); void shrink_to_fit();
  void push_back(const T &); void swap(device_vector &); void assign(size_t, const T &); T *erase(T *, T *);
};
template <class T> class host_vector {
public:
  typedef T *iterator; typedef T value_type;
  host_vector(); explicit host_vector(size_t); host_vector(size_t, const T &); host_vector(const device_vector<T> &);
  template <class I> host_vector(I, I);
  host_vector &operator=(const device_vector<T> &); T &operator[](size_t); const T &operator[](size_t) const;
  size_t size() const; size_t capacity() const; bool empty() const; T *begin(); T *end(); T *data(); T &front(); T &back();
  void resize(size_t); void resize(size_t, const T &); void reserve(size_t); void clear(); void shrink_to_fit();
  void push_back(const T &); void swap(host_vector &); void assign(size_t, const T &); T *erase(T *, T *);
};
struct __policy {}; extern const __policy host, device, seq;
class system_error { public: const char *what() const; };
template <class T> T *raw_pointer_cast(T *);
template <class T> T *raw_pointer_cast(device_ptr<T>);
template <class T> device_ptr<T> device_pointer_cast(T *);
template <class T> device_ptr<T> device_malloc(size_t);
template <class... T> void device_free(T...);
template <class... T> void fill(T...);
template <class... T> void sort(T...);
template <class... T> void sort_by_key(T...);
template <class... T> void stable_sort_by_key(T...);
template <class... T> void sequence(T...);
template <class... T> void transform(T...);
template <class... T> void inclusive_scan(T...);
template <class... T> void exclusive_scan(T...);
template <class... T> long reduce(T...);
template <class... T> long count(T...);
template <class I, class F> long count_if(I, I, F) { return 0; }
template <class I, class O, class... T> O copy(I, I, O, T...);
template <class I, class O, class F> O copy_if(I, I, O o, F) { return o; }
template <class I, class J> struct pair { I first; J second; };
template <class I, class J> pair<I, J> unique_by_key(I, I, J);
template <class I> I unique(I, I);
template <class I> I max_element(I, I);
template <class I> I min_element(I, I);
template <class I, class J, class K, class L> pair<K, L> unique_by_key_copy(I, I, J, K, L);
template <class I, class J, class K, class L> pair<K, L> reduce_by_key(I, I, J, K, L);
template <class T> struct plus {}; template <class T> struct minus {}; template <class T> struct greater {}; template <class T> struct less {};
template <class T> class constant_iterator { public: explicit constant_iterator(T); };
template <class T> class counting_iterator { public: explicit counting_iterator(T); };
template <class T> constant_iterator<T> make_constant_iterator(T);
template <class T> counting_iterator<T> make_counting_iterator(T);
}
)cpp",
                        "thrust/host_vector.h thrust/binary_search.h "
                        "thrust/copy.h thrust/count.h thrust/device_malloc.h "
                        "thrust/device_ptr.h thrust/device_vector.h "
                        "thrust/execution_policy.h thrust/extrema.h "
                        "thrust/fill.h thrust/functional.h "
                        "thrust/iterator/constant_iterator.h "
                        "thrust/iterator/counting_iterator.h thrust/pair.h "
                        "thrust/reduce.h thrust/scan.h thrust/sequence.h "
                        "thrust/sort.h thrust/system_error.h "
                        "thrust/transform.h thrust/unique.h",
                        /*IsAlways=*/true};

// The files of brianlib that Brian2CUDA has and C++ standalone has not.
const StandIn CudaBrianlib = {R"cpp(
#pragma once
#include <cuda_runtime.h>
#include <curand.h>
#define CUDA_SAFE_CALL(...) ((void)(__VA_ARGS__))
#define CUDA_CHECK_ERROR(...) ((void)0)
#define CUDA_CHECK_MEMORY() ((void)0)
#define THRUST_CHECK_ERROR(...) { __VA_ARGS__; }
template <class T> class cudaVector {
public: T *m_data; int m_size; void push(T); T *getDataPointer(); int size(); void reset(); T &at(int);
};
template <class T> class CurandBuffer { public: T operator[](int); void set_seed(unsigned long); };
)cpp",
                              "brianlib/cuda_utils.h brianlib/cudaVector.h "
                              "brianlib/curand_buffer.h cudaVector.h "
                              "cuda_utils.h curand_buffer.h",
                              /*IsAlways=*/true};

} // namespace brian2lift
