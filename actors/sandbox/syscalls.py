"""System calls as data: their numbers on x86-64 and on arm64, and which of them a decoder is refused.

The numbers are the kernel's, from asm/unistd_64.h and asm-generic/unistd.h; None where an architecture never had the call.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Numbers = tuple[int | None, int | None]

DENIED: Mapping[str, Numbers] = {
    # The network, and sockets of this machine: paths of sockets are checked by no file rule.
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "recvmsg": (47, 212),
    "recvmmsg": (299, 243),
    # Other processes: their memory, their descriptors, their limits and priorities.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    "perf_event_open": (298, 241),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # Leaving the process group, by which all are killed.
    "setsid": (112, 157),
    "setpgid": (109, 154),
    # Mounts and namespaces; `clone` is looked at by its flags.
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "open_tree_attr": (467, 467),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    # Ways around file rules, and doors to the kernel that no decoder needs.
    "open_by_handle_at": (304, 265),
    "name_to_handle_at": (303, 264),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    "memfd_secret": (447, 447),
    # What Landlock does not rule: modes, owners, times and attributes of any file that belongs to us, and its size before ABI 3.
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "truncate": (76, 45),
    # Anything but plain files in the scratch folder.
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    # Memory and messages shared with other programs by a number.
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    # Another identity.
    "setuid": (105, 146),
    "setgid": (106, 144),
    "setreuid": (113, 145),
    "setregid": (114, 143),
    "setresuid": (117, 147),
    "setresgid": (119, 149),
    "setgroups": (116, 159),
    "setfsuid": (122, 151),
    "setfsgid": (123, 152),
    "capset": (126, 91),
    # The machine itself.
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "syslog": (103, 116),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "lookup_dcookie": (212, 18),
    "nfsservctl": (180, 42),
    "vhangup": (153, 58),
}
# Of these, those that an office program needs: folders for its profile, and a socket of this machine at which it listens for others of
# its kind. It can connect to none and send nothing.
OF_OFFICES = frozenset({"mkdir", "mkdirat", "socket", "bind", "listen", "accept", "accept4"})
SOCKET: Numbers = DENIED["socket"]
# Refused where neither a process namespace nor Landlock keeps signals inside; `tgkill` to itself is how `abort` ends a process.
SIGNALS: Mapping[str, Numbers] = {
    "kill": (62, 129),
    "tkill": (200, 130),
    "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
}
# Looked at more closely: by flags, by the process that is meant, by the request.
CLONE: Numbers = (56, 220)
CLONE3: Numbers = (435, 435)
PRLIMIT: Numbers = (302, 261)
IOCTL: Numbers = (16, 29)
TGKILL: Numbers = (234, 131)
# Those that we make ourselves, for want of a function in the C library.
IOPRIO_SET: Numbers = (251, 30)
LANDLOCK_CREATE_RULESET: Numbers = (444, 444)
LANDLOCK_ADD_RULE: Numbers = (445, 445)
LANDLOCK_RESTRICT_SELF: Numbers = (446, 446)


@dataclass(frozen=True, slots=True)
class Architecture:
    """A kind of processor. `audit` is how the kernel names it to a filter, `column` its place in `Numbers`."""

    name: str
    audit: int
    column: int

    def number(self, call: Numbers) -> int | None:
        """Give the number of a call here; None where there is none."""
        return call[self.column]


X86_64 = Architecture("x86_64", 0xC000003E, 0)
ARM64 = Architecture("aarch64", 0xC00000B7, 1)
ARCHITECTURES: Mapping[str, Architecture] = {"x86_64": X86_64, "amd64": X86_64, "aarch64": ARM64, "arm64": ARM64}
