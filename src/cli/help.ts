import type { HelpTopic } from './args';

const REPORT = `  --root DIR             where the sources are; files in the report are relative
                         to it (default: the current folder)
  --map REMOTE=LOCAL     what is below REMOTE in the target is below LOCAL here, as in /app=. or
                         webpack://shop=packages/shop; may be given more than once. Without it,
                         files are found by the end of their path and by their text
  --format FORMAT        text, json, markdown, sarif (code scanning), github (annotations of a
                         workflow), gitlab (code quality) or junit (default: text)
  --output FILE          write the report to FILE instead of standard output
  --values               show keys of the program's Maps and objects, and names of events; they may
                         be secrets or personal data, so without it they are left out`;

const EXIT_CODES = `Exit codes: 0 no leak, or only such as .leakline.json says to live with, 1 leak found,
2 wrong usage, 3 could not attach, capture or read.`;

const GENERAL = `Leakline finds memory leaks in running Node.js programs and shows the source line
that causes them.

  leakline find (--attach HOST:PORT | --pid PID | --ssh HOST | --kube POD |
                 --docker CONTAINER | -- node app.js ...)
  leakline diff A.heapsnapshot B.heapsnapshot [C...]
  leakline summary FILE.heapsnapshot
  leakline triage TARGET
  leakline sample TARGET
  leakline targets
  leakline redact FILE.heapsnapshot OUT.heapsnapshot

  leakline COMMAND --help tells more about a command.
  leakline --version prints the version.

${EXIT_CODES}
`;

const TARGET = `Target, one of:
  --attach HOST:PORT     a program started with --inspect; a ws:// or wss:// URL works too
  --pid PID              a running Node.js process; its inspector is opened on 127.0.0.1
  --ssh [USER@]HOST[:PORT]   one on a host that your ssh reaches without a password
  --kube POD             one in a pod that your kubectl reaches; see also --context NAME,
                         --namespace NAME and --container NAME
  --docker CONTAINER     one in a container of your docker: through a published port, or with
                         --docker-pipe through a second, small Node.js process in the container
  -- COMMAND [ARG...]    a program to start, and to stop at the end

  --worker NAME          look into one of its worker threads in place of the main thread: the name
                         that the program gave it, a part of its script, or its number; a choice
                         that is not clear is answered with a list of them

With --ssh, --kube and --docker, whose commands are shown as they run:
  --open-inspector       open the inspector of the only Node.js process there (SIGUSR1)
  --remote-pid PID       open that of this one
  --inspect-port PORT    where it listens there (default: 9229)

With a wss:// URL: the token in the environment variable LEAKLINE_TOKEN, or in a file that
--token-file FILE names, is sent as a bearer token. Certificates are verified; that of an
authority of your own goes into NODE_EXTRA_CA_CERTS.`;

const FIND = `leakline find: takes heap snapshots of a running program between rounds of work, compares
them and names the lines that keep objects alive.

${TARGET}

Work between the snapshots, one of:
  --drive COMMAND        a shell command that makes the program work
  --wait SECONDS         the program gets its work elsewhere, so wait (default: 10)

  --warmup N             times to work before the first snapshot (default: 1)
  --rounds N             times to work, each followed by a snapshot (default: 3)
  --extra-rounds N       rounds to add at most, one at a time, while it is in doubt what leaks
                         (default: 3)
  --settle SECONDS       pause between work and snapshot (default: 0.5)
  --keep-snapshots DIR   keep the .heapsnapshot files in DIR; they may hold secrets
  --track-allocations    record the stack of every allocation, so that findings say which functions
                         made what leaks, however little it is. The program allocates 50 to 110
                         times slower until Leakline detaches: not for production

  --yes                  take snapshots also where they may do harm: on another machine, with little
                         memory left, or for long; without it Leakline asks at a terminal, and
                         otherwise ends with 3
  --force                take them even where the memory will not suffice

Report:
${REPORT}

Progress goes to standard error.
${EXIT_CODES}

Example:
  leakline find --attach 127.0.0.1:9229 --drive "node load.mjs"
`;

const DIFF = `leakline diff: compares snapshots that one process wrote during one inspector connection,
oldest first, and names the lines that keep new objects alive.

  leakline diff A.heapsnapshot B.heapsnapshot [C...]

Report:
${REPORT}

${EXIT_CODES}
`;

const SUMMARY = `leakline summary: tells what a snapshot holds. The classes come in the order of what they
keep alive, with the numbers of Chrome DevTools.

  leakline summary FILE.heapsnapshot

  --top N                no more than N classes (default: 20 as text, all as json)
  --format FORMAT        text or json (default: text)
  --timings              tell how long each pass took, and the most memory in use
  --output FILE          write to FILE instead of standard output

Exit codes: 0 done, 2 wrong usage, 3 could not read the snapshot.
`;

const TRIAGE = `leakline triage: reads the memory counters of a running program for a while and says which
memory grows: the JavaScript heap, ArrayBuffers and other external memory, native memory, or none.
It holds nothing up and runs no code.

${TARGET}

  --seconds N            how long to look (default: 60)
  --interval N           seconds between two readings (default: 1, with --collect 5)
  --collect              collect garbage before each reading, so that garbage is not taken for
                         growth; it holds the program up for about 1 ms per MB of heap each time

Report:
  --format FORMAT        text or json (default: text)
  --output FILE          write to FILE instead of standard output

Exit codes: 0 nothing grows or it is unclear, 1 something grows, 2 wrong usage, 3 could not attach.
`;

const SAMPLE = `leakline sample: samples the allocations of a running program and names the functions whose
objects keep growing in number. No snapshot is taken: on a machine that is not yours, or with a
large heap, start with this. It says who makes what stays, not what retains it.

${TARGET}

  --seconds N            how long to sample (default: 60)
  --rounds N             how often to look, at least 8 times; each time garbage is collected, for
                         about 1 ms per MB of heap (default: 12)
  --every KB             sample one allocation in so many kB; less finds smaller leaks and costs
                         more (default: 32)

Report:
  --root DIR             where the sources are; files in the report are relative
                         to it (default: the current folder)
  --map REMOTE=LOCAL     what is below REMOTE in the target is below LOCAL here; see find --help
  --format FORMAT        text or json (default: text)
  --output FILE          write to FILE instead of standard output

Exit codes: 0 nothing keeps growing, 1 something does, 2 wrong usage, 3 could not attach or sample.
`;

const TARGETS = `leakline targets: lists the Node.js processes of this machine, each below the one that started
it, with its memory and where its inspector listens. It opens no inspector. Where one is open it
attaches for a moment, and lists the worker threads.

  leakline targets

  --format FORMAT        text or json (default: text)
  --output FILE          write to FILE instead of standard output

Only Linux tells of processes whose inspector is off; elsewhere the ports 9229 to 9239 are asked.

Exit codes: 0 done, 2 wrong usage, 3 could not write.
`;

const REDACT = `leakline redact: copies a snapshot without what the program worked with, so that it can be
handed on. Text, regular expressions, symbols and numbers become "[string 12, 40 characters]"; names
of classes, functions, variables, properties and scripts stay, and so do all objects and sizes.
Chrome DevTools and Leakline read it as they read the snapshot itself.

  leakline redact FILE.heapsnapshot OUT.heapsnapshot

Keys of objects that serve as dictionaries are left out, too. An object with no more than about a
dozen computed keys cannot be told from one whose keys stand in the code: those keys stay.

Exit codes: 0 done, 2 wrong usage, 3 could not read or write.
`;

/** What `--help` prints, by topic. */
export const HELP: Readonly<Record<HelpTopic, string>> = {
  general: GENERAL,
  find: FIND,
  diff: DIFF,
  summary: SUMMARY,
  triage: TRIAGE,
  sample: SAMPLE,
  targets: TARGETS,
  redact: REDACT,
};
