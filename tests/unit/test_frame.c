// SPDX-License-Identifier: GPL-3.0-or-later
// Frames over descriptors: whatever way the bytes are cut, the same frames arrive; what is refused costs nothing.
#include <check.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "wire/frame.h"

static void make_pipe(int ends[2]) {
  ck_assert_int_eq(pipe(ends), 0);
}

static void put(int descriptor, const void *bytes, size_t length) {
  ck_assert_int_eq(write(descriptor, bytes, length), (ssize_t)length);
}

static void put_header(int descriptor, uint32_t length) {
  put(descriptor, &length, sizeof length);
}

static void expect_frame(struct prd_frame_reader *reader, const char *body) {
  struct prd_frame frame;
  ck_assert_int_eq(prd_frame_read(reader, &frame), PRD_OK);
  ck_assert_uint_eq(frame.length_bytes, strlen(body));
  ck_assert_mem_eq(frame.bytes, body, frame.length_bytes);
}

struct chunks {
  int descriptor;
  const char *bytes;
  size_t length;
  size_t chunk;
};

// Writes in pieces, and yields between them so that the reader meets each piece alone as often as the machine allows.
static void *write_chunks(void *argument) {
  const struct chunks *job = argument;
  for (size_t at = 0; at < job->length;) {
    size_t size = job->length - at < job->chunk ? job->length - at : job->chunk;
    ssize_t sent = write(job->descriptor, job->bytes + at, size);
    if (sent <= 0) break;
    at += (size_t)sent;
    if (job->chunk < 16) usleep(50);
  }
  close(job->descriptor);
  return NULL;
}

START_TEST(several_frames_in_one_write_are_read_one_by_one) {
  int ends[2];
  make_pipe(ends);
  const char bytes[] = "\3\0\0\0abc\0\0\0\0\1\0\0\0z"; // little-endian machines are what we build for
  put(ends[1], bytes, sizeof bytes - 1);
  close(ends[1]);
  struct prd_frame_reader reader = {.descriptor = ends[0]};
  expect_frame(&reader, "abc");
  expect_frame(&reader, "");
  expect_frame(&reader, "z");
  struct prd_frame frame;
  ck_assert_int_eq(prd_frame_read(&reader, &frame), PRD_ERROR_END);
  prd_frame_reader_free(&reader);
  close(ends[0]);
}
END_TEST

START_TEST(frames_arrive_whole_whatever_the_pieces) {
  const size_t chunks[] = {1, 3, 5, 4096, 65536, 300000};
  size_t body_length = chunks[_i] < 16 ? 60 : 200000;
  size_t total = 3 * (4 + body_length);
  char *stream = malloc(total);
  char *body = malloc(body_length);
  for (size_t f = 0; f < 3; f++) {
    uint32_t header = (uint32_t)body_length;
    memcpy(stream + f * (4 + body_length), &header, 4);
    memset(stream + f * (4 + body_length) + 4, (int)('a' + f), body_length);
  }
  int ends[2];
  make_pipe(ends);
  struct chunks job = {ends[1], stream, total, chunks[_i]};
  pthread_t writer;
  ck_assert_int_eq(pthread_create(&writer, NULL, write_chunks, &job), 0);
  struct prd_frame_reader reader = {.descriptor = ends[0]};
  for (size_t f = 0; f < 3; f++) {
    struct prd_frame frame;
    ck_assert_int_eq(prd_frame_read(&reader, &frame), PRD_OK);
    memset(body, (int)('a' + f), body_length);
    ck_assert_uint_eq(frame.length_bytes, body_length);
    ck_assert_mem_eq(frame.bytes, body, body_length);
  }
  pthread_join(writer, NULL);
  prd_frame_reader_free(&reader);
  close(ends[0]);
  free(body);
  free(stream);
}
END_TEST

START_TEST(a_length_above_the_limit_is_refused_before_the_body_and_skipped) {
  int ends[2];
  make_pipe(ends);
  struct prd_frame_reader reader = {.descriptor = ends[0]};
  struct prd_frame frame;
  put_header(ends[1], PRD_FRAME_INPUT_LIMIT_BYTES + 1);
  // The pipe is still open and empty: a reader that wanted the body would wait for ever.
  ck_assert_int_eq(prd_frame_read(&reader, &frame), PRD_ERROR_TOO_LARGE);
  ck_assert_uint_le(reader.capacity_bytes, 65536);

  size_t total = PRD_FRAME_INPUT_LIMIT_BYTES + 1 + 4 + 2;
  char *rest = malloc(total);
  memset(rest, 'x', total);
  memcpy(rest + total - 6, "\2\0\0\0ok", 6);
  struct chunks job = {ends[1], rest, total, 50000};
  pthread_t writer;
  ck_assert_int_eq(pthread_create(&writer, NULL, write_chunks, &job), 0);
  expect_frame(&reader, "ok");
  ck_assert_uint_le(reader.capacity_bytes, 65536);
  pthread_join(writer, NULL);
  prd_frame_reader_free(&reader);
  close(ends[0]);
  free(rest);
}
END_TEST

START_TEST(a_frame_of_exactly_the_limit_is_read) {
  size_t total = PRD_FRAME_INPUT_LIMIT_BYTES + 4;
  char *stream = malloc(total);
  memset(stream, 'y', total);
  uint32_t header = PRD_FRAME_INPUT_LIMIT_BYTES;
  memcpy(stream, &header, 4);
  int ends[2];
  make_pipe(ends);
  struct chunks job = {ends[1], stream, total, total};
  pthread_t writer;
  ck_assert_int_eq(pthread_create(&writer, NULL, write_chunks, &job), 0);
  struct prd_frame_reader reader = {.descriptor = ends[0]};
  struct prd_frame frame;
  ck_assert_int_eq(prd_frame_read(&reader, &frame), PRD_OK);
  ck_assert_uint_eq(frame.length_bytes, PRD_FRAME_INPUT_LIMIT_BYTES);
  pthread_join(writer, NULL);
  prd_frame_reader_free(&reader);
  close(ends[0]);
  free(stream);
}
END_TEST

START_TEST(the_end_inside_of_a_frame_is_an_end) {
  const size_t lengths[] = {0, 1, 3, 4, 6};
  int ends[2];
  make_pipe(ends);
  put(ends[1], "\5\0\0\0ab", lengths[_i]);
  close(ends[1]);
  struct prd_frame_reader reader = {.descriptor = ends[0]};
  struct prd_frame frame;
  ck_assert_int_eq(prd_frame_read(&reader, &frame), PRD_ERROR_END);
  prd_frame_reader_free(&reader);
  close(ends[0]);
}
END_TEST

START_TEST(the_largest_length_without_a_body_ends_with_the_stream) {
  int ends[2];
  make_pipe(ends);
  put_header(ends[1], UINT32_MAX);
  close(ends[1]);
  struct prd_frame_reader reader = {.descriptor = ends[0]};
  struct prd_frame frame;
  ck_assert_int_eq(prd_frame_read(&reader, &frame), PRD_ERROR_TOO_LARGE);
  ck_assert_int_eq(prd_frame_read(&reader, &frame), PRD_ERROR_END);
  prd_frame_reader_free(&reader);
  close(ends[0]);
}
END_TEST

START_TEST(a_released_frame_is_overwritten) {
  int ends[2];
  make_pipe(ends);
  put(ends[1], "\6\0\0\0secret\2\0\0\0ok", 16);
  struct prd_frame_reader reader = {.descriptor = ends[0]};
  struct prd_frame frame;
  ck_assert_int_eq(prd_frame_read(&reader, &frame), PRD_OK);
  const char *body = frame.bytes;
  prd_frame_release(&reader);
  ck_assert_mem_eq(body, "\0\0\0\0\0\0", 6);
  expect_frame(&reader, "ok");
  prd_frame_release(&reader);
  for (size_t i = 0; i < 16; i++) ck_assert_int_eq(reader.buffer[i], 0);
  prd_frame_reader_free(&reader);
  close(ends[0]);
  close(ends[1]);
}
END_TEST

static void on_alarm(int number) {
  (void)number;
}

START_TEST(interruptions_and_non_blocking_descriptors_are_waited_for) {
  struct sigaction action = {.sa_handler = on_alarm}; // without SA_RESTART: system calls do return EINTR
  ck_assert_int_eq(sigaction(SIGALRM, &action, NULL), 0);
  struct itimerval often = {{0, 500}, {0, 500}};
  int ends[2];
  make_pipe(ends);
  if (_i == 1) ck_assert_int_eq(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
  size_t body_length = 200;
  char stream[204];
  memset(stream, 'q', sizeof stream);
  uint32_t header = (uint32_t)body_length;
  memcpy(stream, &header, 4);
  struct chunks job = {ends[1], stream, sizeof stream, 1};
  sigset_t alarm_set;
  sigemptyset(&alarm_set);
  sigaddset(&alarm_set, SIGALRM);
  pthread_sigmask(SIG_BLOCK, &alarm_set, NULL); // the writer must not be the one that is interrupted
  pthread_t writer;
  ck_assert_int_eq(pthread_create(&writer, NULL, write_chunks, &job), 0);
  pthread_sigmask(SIG_UNBLOCK, &alarm_set, NULL);
  setitimer(ITIMER_REAL, &often, NULL);
  struct prd_frame_reader reader = {.descriptor = ends[0]};
  struct prd_frame frame;
  enum prd_error error = prd_frame_read(&reader, &frame);
  setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
  ck_assert_int_eq(error, PRD_OK);
  ck_assert_uint_eq(frame.length_bytes, body_length);
  pthread_join(writer, NULL);
  prd_frame_reader_free(&reader);
  close(ends[0]);
}
END_TEST

struct drain {
  int descriptor;
  char *bytes;
  size_t length;
};

static void *read_all(void *argument) {
  struct drain *job = argument;
  usleep(20000); // let the pipe fill first
  for (;;) {
    ssize_t got = read(job->descriptor, job->bytes + job->length, 5000);
    if (got <= 0) return NULL;
    job->length += (size_t)got;
  }
}

START_TEST(a_reply_larger_than_the_pipe_arrives_whole) {
  int ends[2];
  make_pipe(ends);
  if (_i == 1) ck_assert_int_eq(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
  size_t length = PRD_FRAME_OUTPUT_LIMIT_BYTES; // exactly what the browsers accept
  char *body = malloc(length);
  for (size_t i = 0; i < length; i++) body[i] = (char)('a' + i % 26);
  struct drain job = {.descriptor = ends[0], .bytes = malloc(length + 8192)};
  pthread_t reader;
  ck_assert_int_eq(pthread_create(&reader, NULL, read_all, &job), 0);
  ck_assert_int_eq(prd_frame_write(ends[1], body, length), PRD_OK);
  close(ends[1]);
  pthread_join(reader, NULL);
  ck_assert_uint_eq(job.length, length + 4);
  uint32_t header;
  memcpy(&header, job.bytes, 4);
  ck_assert_uint_eq(header, length);
  ck_assert_int_eq(memcmp(job.bytes + 4, body, length), 0);
  close(ends[0]);
  free(job.bytes);
  free(body);
}
END_TEST

START_TEST(a_reply_above_the_browsers_limit_is_not_sent) {
  int ends[2];
  make_pipe(ends);
  char *body = calloc(1, PRD_FRAME_OUTPUT_LIMIT_BYTES + 1);
  ck_assert_int_eq(prd_frame_write(ends[1], body, PRD_FRAME_OUTPUT_LIMIT_BYTES + 1), PRD_ERROR_TOO_LARGE);
  close(ends[1]);
  char byte;
  ck_assert_int_eq(read(ends[0], &byte, 1), 0);
  close(ends[0]);
  free(body);
}
END_TEST

START_TEST(a_closed_output_is_an_end) {
  signal(SIGPIPE, SIG_IGN);
  int ends[2];
  make_pipe(ends);
  close(ends[0]);
  ck_assert_int_eq(prd_frame_write(ends[1], "{}", 2), PRD_ERROR_END);
  close(ends[1]);
}
END_TEST

START_TEST(descriptors_that_cannot_be_used_are_errors) {
  struct prd_frame_reader reader = {.descriptor = -1};
  struct prd_frame frame;
  ck_assert_int_eq(prd_frame_read(&reader, &frame), PRD_ERROR_IO);
  ck_assert_int_eq(prd_frame_write(-1, "{}", 2), PRD_ERROR_IO);
  prd_frame_reader_free(&reader);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("frame");
  tcase_set_timeout(tests, 30);
  tcase_add_test(tests, several_frames_in_one_write_are_read_one_by_one);
  tcase_add_loop_test(tests, frames_arrive_whole_whatever_the_pieces, 0, 6);
  tcase_add_test(tests, a_length_above_the_limit_is_refused_before_the_body_and_skipped);
  tcase_add_test(tests, a_frame_of_exactly_the_limit_is_read);
  tcase_add_loop_test(tests, the_end_inside_of_a_frame_is_an_end, 0, 5);
  tcase_add_test(tests, the_largest_length_without_a_body_ends_with_the_stream);
  tcase_add_test(tests, a_released_frame_is_overwritten);
  tcase_add_loop_test(tests, interruptions_and_non_blocking_descriptors_are_waited_for, 0, 2);
  tcase_add_loop_test(tests, a_reply_larger_than_the_pipe_arrives_whole, 0, 2);
  tcase_add_test(tests, a_reply_above_the_browsers_limit_is_not_sent);
  tcase_add_test(tests, a_closed_output_is_an_end);
  tcase_add_test(tests, descriptors_that_cannot_be_used_are_errors);
  Suite *suite = suite_create("frame");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed == 0 ? 0 : 1;
}
