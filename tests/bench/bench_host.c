// SPDX-License-Identifier: GPL-3.0-or-later
// What the host costs, beside a host that does nothing: from spawn to hello, memory, and round trips of French texts.
//
//   bench_host BUILD [INSTITUTION]
//
// BUILD is a build directory; results also go to BUILD/bench.json, under "host".
//
// Runs are interleaved, so that what else the machine does weighs on both; parent and children share one processor, as
// in a busy workstation's worst case. Compare ratios, not microseconds.
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "system/extension_identity.h"
#include "wire/frame.h"

enum { HOST, ECHO, PROGRAM_COUNT };
enum { SPAWN_RUNS = 150, SIZE_COUNT = 4, SAMPLE_LIMIT = 4000 };

static const char *const program_names[PROGRAM_COUNT] = {"prudence-host", "echo-host"};
static const struct {
  size_t characters, runs;
} sizes[SIZE_COUNT] = {{50, 4000}, {280, 4000}, {3000, 1000}, {50000, 150}};

// What people write: accents, figures, a link, a mention, emoji; nothing that a policy forbids.
static const char sample[] =
    "Quelle belle journée au parc avec les enfants ! On a mangé des crêpes à l’érable, puis on s’est promenés le long du "
    "fleuve jusqu’à 17 h 30. Merci à toute l’équipe des bénévoles pour l’accueil, c’était chaleureux et bien organisé 😊. "
    "Demain, si la météo le permet, on retourne voir l’exposition sur les phares du Saint-Laurent (détails ici : "
    "https://musee.example/phares). Œuvre préférée de ma nièce : « La vague », évidemment. À bientôt, @marie_eve ! ";

struct child {
  pid_t pid;
  int input; // ours to write
  struct prd_frame_reader output;
};

static _Noreturn void fail(const char *what) {
  (void)fprintf(stderr, "bench_host: %s: %s\n", what, strerror(errno));
  exit(2);
}

static double now_us(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_value(const void *a, const void *b) {
  double difference = *(const double *)a - *(const double *)b;
  return difference < 0 ? -1 : difference > 0;
}

// The value below which `percent` of the samples lie; sorts them.
static double percentile(double *samples, size_t count, size_t percent) {
  qsort(samples, count, sizeof *samples, by_value);
  return samples[(count - 1) * percent / 100];
}

static void read_one(struct child *child) {
  struct prd_frame frame;
  if (prd_frame_read(&child->output, &frame) != PRD_OK) fail("a host ended");
}

static struct child start(const char *executable) {
  int input[2];
  int output[2];
  if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) fail("pipe");
  struct child child = {.pid = vfork(), .input = input[1], .output = {.descriptor = output[0]}};
  if (child.pid < 0) fail("vfork");
  if (child.pid == 0) {
    (void)dup2(input[0], STDIN_FILENO);
    (void)dup2(output[1], STDOUT_FILENO);
    (void)execl(executable, executable, "chrome-extension://" PRD_CHROMIUM_EXTENSION_ID "/", (char *)NULL);
    _exit(127);
  }
  (void)close(input[0]);
  (void)close(output[1]);
  return child;
}

static void stop(struct child *child) {
  int status;
  (void)close(child->input);
  (void)close(child->output.descriptor);
  prd_frame_reader_free(&child->output);
  if (waitpid(child->pid, &status, 0) != child->pid || status != 0) fail("a host did not end with status 0");
}

static json_t *measure_start(char *const *programs) {
  static double samples[PROGRAM_COUNT][SPAWN_RUNS];
  for (size_t run = 0; run < SPAWN_RUNS; run++) {
    for (size_t p = 0; p < PROGRAM_COUNT; p++) {
      double begin = now_us();
      struct child child = start(programs[p]);
      read_one(&child);
      samples[p][run] = now_us() - begin;
      stop(&child);
    }
  }
  json_t *result = json_object();
  for (size_t p = 0; p < PROGRAM_COUNT; p++)
    (void)json_object_set_new(result, program_names[p],
                              json_pack("{s:f,s:f,s:f}", "min_us", percentile(samples[p], SPAWN_RUNS, 0), "median_us",
                                        percentile(samples[p], SPAWN_RUNS, 50), "p95_us",
                                        percentile(samples[p], SPAWN_RUNS, 95)));
  return result;
}

// Not VmRSS: the kernel updates it in steps of up to 64 pages a process.
static json_int_t resident_kilobytes(pid_t pid, const char *field) {
  char path[64];
  char line[256];
  long value = -1;
  (void)snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)pid);
  FILE *file = fopen(path, "r");
  if (file == NULL) fail(path);
  size_t length = strlen(field);
  while (fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, field, length) == 0 && line[length] == ':') value = strtol(line + length + 1, NULL, 10);
  (void)fclose(file);
  return value;
}

// The sample, repeated and cut at `characters` code points.
static char *text_of(size_t characters) {
  char *text = malloc(characters * 4 + 1);
  if (text == NULL) fail("malloc");
  size_t at = 0;
  size_t from = 0;
  for (size_t count = 0; count <= characters;) {
    unsigned char byte = (unsigned char)sample[from];
    if ((byte & 0xC0) != 0x80 && count++ == characters) break;
    text[at++] = (char)byte;
    from = sample[from + 1] == '\0' ? 0 : from + 1;
  }
  text[at] = '\0';
  return text;
}

static char *request_of(size_t characters) {
  char *text = text_of(characters);
  json_t *request = json_pack("{s:i,s:s,s:s,s:s}", "id", 1, "type", "check", "text", text, "venue", "personal");
  char *body = json_dumps(request, JSON_COMPACT);
  if (body == NULL) fail("json_dumps");
  json_decref(request);
  free(text);
  return body;
}

static double round_trip(struct child *child, const char *body, size_t length) {
  double begin = now_us();
  if (prd_frame_write(child->input, body, length) != PRD_OK) fail("a host does not read");
  read_one(child);
  return now_us() - begin;
}

static json_t *measure_memory(char *const *programs) {
  json_t *result = json_object();
  char *body = request_of(280);
  for (size_t p = 0; p < PROGRAM_COUNT; p++) {
    struct child child = start(programs[p]);
    read_one(&child);
    (void)usleep(20000); // the hello is sent before the last page is touched
    json_int_t hello_rss = resident_kilobytes(child.pid, "Rss");
    json_int_t hello_pss = resident_kilobytes(child.pid, "Pss");
    (void)round_trip(&child, body, strlen(body));
    (void)usleep(20000);
    (void)json_object_set_new(result, program_names[p],
                              json_pack("{s:I,s:I,s:I,s:I}", "hello_rss_kb", hello_rss, "hello_pss_kb", hello_pss,
                                        "check_rss_kb", resident_kilobytes(child.pid, "Rss"), "check_pss_kb",
                                        resident_kilobytes(child.pid, "Pss")));
    stop(&child);
  }
  free(body);
  return result;
}

static json_t *measure_size(struct child *children, size_t characters, size_t runs) {
  static double samples[PROGRAM_COUNT][SAMPLE_LIMIT];
  char *body = request_of(characters);
  size_t length = strlen(body);
  for (size_t run = 0; run < runs + runs / 10; run++) {
    for (size_t p = 0; p < PROGRAM_COUNT; p++) {
      double elapsed = round_trip(&children[p], body, length);
      if (run >= runs / 10) samples[p][run - runs / 10] = elapsed; // the first tenth warms up
    }
  }
  json_t *result = json_pack("{s:I,s:I}", "characters", (json_int_t)characters, "bytes", (json_int_t)length);
  for (size_t p = 0; p < PROGRAM_COUNT; p++)
    (void)json_object_set_new(result, program_names[p],
                              json_pack("{s:f,s:f,s:f}", "min_us", percentile(samples[p], runs, 0), "median_us",
                                        percentile(samples[p], runs, 50), "p99_us", percentile(samples[p], runs, 99)));
  free(body);
  return result;
}

static json_t *measure_round_trips(char *const *programs) {
  struct child children[PROGRAM_COUNT];
  for (size_t p = 0; p < PROGRAM_COUNT; p++) {
    children[p] = start(programs[p]);
    read_one(&children[p]);
  }
  json_t *results = json_array();
  for (size_t s = 0; s < SIZE_COUNT; s++)
    (void)json_array_append_new(results, measure_size(children, sizes[s].characters, sizes[s].runs));
  for (size_t p = 0; p < PROGRAM_COUNT; p++) stop(&children[p]);
  return results;
}

static void copy_file(const char *from, const char *to, mode_t mode) {
  char buffer[65536];
  int in = open(from, O_RDONLY | O_CLOEXEC);
  int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (in < 0 || out < 0) fail(from);
  for (ssize_t got; (got = read(in, buffer, sizeof buffer)) > 0;)
    if (write(out, buffer, (size_t)got) != got) fail(to);
  (void)close(in);
  (void)close(out);
}

// A private installation, because the host finds its policy from the place of its executable alone.
static char *stage_host(const char *root, const char *host, const char *pack, const char *institution) {
  static const char *const directories[] = {"libexec",        "libexec/prudence",    "etc", "etc/prudence", "share",
                                            "share/prudence", "share/prudence/packs"};
  static char executable[512];
  char path[512];
  for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++) {
    (void)snprintf(path, sizeof path, "%s/%s", root, directories[i]);
    if (mkdir(path, 0700) != 0) fail(path);
  }
  (void)snprintf(path, sizeof path, "%s/share/prudence/packs/%s.pack", root, institution);
  copy_file(pack, path, 0600);
  (void)snprintf(path, sizeof path, "%s/etc/prudence/profile.json", root);
  FILE *profile = fopen(path, "w");
  if (profile == NULL) fail(path);
  (void)fprintf(profile, "{\"institution\":\"%s\"}\n", institution);
  (void)fclose(profile);
  (void)snprintf(executable, sizeof executable, "%s/libexec/prudence/prudence-host", root);
  copy_file(host, executable, 0700);
  return executable;
}

static void remove_stage(const char *root) {
  pid_t pid = fork();
  if (pid == 0) {
    (void)execlp("rm", "rm", "-r", root, (char *)NULL);
    _exit(127);
  }
  (void)waitpid(pid, NULL, 0);
}

static double number(const json_t *result, const char *program, const char *member) {
  return json_number_value(json_object_get(json_object_get(result, program), member));
}

static void print_line(const char *what, double host, double echo, const char *unit, double target) {
  (void)printf("%-28s %10.1f %10.1f %-3s  ratio %5.2f", what, host, echo, unit, host / echo);
  if (target > 0) (void)printf("   (target %.1f: %s)", target, host / echo <= target ? "met" : "MISSED");
  (void)printf("\n");
}

static void print(const json_t *all) {
  (void)printf("%-28s %10s %10s\n", "", program_names[HOST], program_names[ECHO]);
  const json_t *begin = json_object_get(all, "start");
  print_line("spawn to hello, median", number(begin, program_names[HOST], "median_us"),
             number(begin, program_names[ECHO], "median_us"), "us", 4);
  print_line("spawn to hello, minimum", number(begin, program_names[HOST], "min_us"),
             number(begin, program_names[ECHO], "min_us"), "us", 0);
  const json_t *memory = json_object_get(all, "memory");
  print_line("resident after hello", number(memory, program_names[HOST], "hello_rss_kb"),
             number(memory, program_names[ECHO], "hello_rss_kb"), "kB", 0);
  double after_check = number(memory, program_names[HOST], "check_rss_kb");
  print_line("resident after one check", after_check, number(memory, program_names[ECHO], "check_rss_kb"), "kB", 0);
  (void)printf("%-28s %10.1f of 6144 kB: %s\n", "", after_check, after_check <= 6144 ? "met" : "MISSED");
  size_t index;
  const json_t *size;
  json_array_foreach(json_object_get(all, "round_trips"), index, size) {
    json_int_t characters = json_integer_value(json_object_get(size, "characters"));
    char what[64];
    (void)snprintf(what, sizeof what, "round trip, %lld characters", (long long)characters);
    print_line(what, number(size, program_names[HOST], "median_us"), number(size, program_names[ECHO], "median_us"),
               "us", characters == 280 ? 2.5 : 0);
  }
}

static char *path_in(const char *directory, const char *name) {
  char *path = malloc(strlen(directory) + strlen(name) + 2);
  if (path == NULL) fail("malloc");
  (void)sprintf(path, "%s/%s", directory, name);
  return path;
}

static json_t *measure(char *const *programs) {
  json_t *results = json_object();
  (void)json_object_set_new(results, "start", measure_start(programs));
  (void)json_object_set_new(results, "memory", measure_memory(programs));
  (void)json_object_set_new(results, "round_trips", measure_round_trips(programs));
  return results;
}

static void share_one_processor(void) {
  cpu_set_t one;
  int current = sched_getcpu();
  CPU_ZERO(&one);
  CPU_SET(current > 0 ? (size_t)current : 0, &one);
  (void)sched_setaffinity(0, sizeof one, &one);
}

int main(int argc, char **argv) {
  if (argc < 2 || argc > 3) {
    (void)fprintf(stderr, "usage: bench_host BUILD [INSTITUTION]\n");
    return 2;
  }
  const char *build = argv[1];
  const char *institution = argc == 3 ? argv[2] : "chu";
  char root[] = "/tmp/prudence-bench-XXXXXX";
  char pack_name[128];
  (void)snprintf(pack_name, sizeof pack_name, "share/prudence/packs/%s.pack", institution);
  char *host = path_in(build, "prudence-host");
  char *echo = path_in(build, "tests/bench/echo_host");
  char *pack = path_in(build, pack_name);
  char *out = path_in(build, "bench.json");
  if (mkdtemp(root) == NULL) fail(root);
  (void)signal(SIGPIPE, SIG_IGN);
  share_one_processor();

  char *programs[PROGRAM_COUNT] = {stage_host(root, host, pack, institution), echo};
  json_t *results = measure(programs);
  remove_stage(root);
  print(results);
  json_t *document = json_pack("{s:o}", "host", results);
  int failed = json_dump_file(document, out, JSON_INDENT(2));
  json_decref(document);
  free(host);
  free(echo);
  free(pack);
  free(out);
  return failed == 0 ? 0 : 2;
}
