/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * qemu_abi: the few functions of QEMU's TCG plugin interface that the plugin calls, declared here
 * since distributions ship no header. QEMU_API is 1 (QEMU 6.1 to 8.2) or 4 (QEMU 9.2 and later);
 * the two differ in how an instruction's bytes are read and in how a counter is inlined.
 */
#ifndef RUNNER_PLUGIN_QEMU_ABI_H
#define RUNNER_PLUGIN_QEMU_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifndef QEMU_API
#error "build with -DQEMU_API=1 or -DQEMU_API=4"
#endif

typedef uint64_t plugin_id;
struct qemu_plugin_tb; /* a translated block of guest instructions */
struct qemu_plugin_insn;

typedef void (*tb_callback)(plugin_id id, struct qemu_plugin_tb *tb);
typedef void (*insn_callback)(unsigned int vcpu, void *context);
typedef void (*exit_callback)(plugin_id id, void *context);

enum { CALLBACK_NO_REGISTERS = 0, INLINE_ADD = 0 };

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, tb_callback callback);
void qemu_plugin_register_atexit_cb(plugin_id id, exit_callback callback, void *context);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, insn_callback callback,
					    int flags, void *context);

#if QEMU_API == 1
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *insn, int op,
						void *counter, uint64_t add);
#else
struct qemu_plugin_scoreboard; /* an element for each vCPU */
typedef struct {
	struct qemu_plugin_scoreboard *score;
	size_t offset;
} qemu_plugin_u64;
size_t qemu_plugin_insn_data(const struct qemu_plugin_insn *insn, void *bytes, size_t room);
struct qemu_plugin_scoreboard *qemu_plugin_scoreboard_new(size_t element_size);
void *qemu_plugin_scoreboard_find(struct qemu_plugin_scoreboard *score, unsigned int vcpu);
void qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(struct qemu_plugin_insn *insn, int op,
							 qemu_plugin_u64 counter, uint64_t add);
#endif

/* What QEMU looks up in the plugin. */
extern __attribute__((visibility("default"))) int qemu_plugin_version;
__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id, const void *info,
							       int argc, char **argv);

#endif
