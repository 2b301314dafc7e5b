// How functions of the C ABI are exported from a module.
#pragma once

#define ATOME_EXPORT(name) extern "C" __attribute__((export_name(#name), used))
