package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What callers who started at the same moment were answered.
 *
 * @param replies by caller
 */
record ConcurrentRequests(List<Reply> replies) {

    static final int CALLERS = 24;

    /** Whatever comes of it, the service must neither break nor ask anybody to come back later. */
    static ConcurrentRequests between(IntFunction<Reply> callers) {
        ConcurrentRequests concurrentRequests = new ConcurrentRequests(atOnce(CALLERS, callers));
        assertThat(concurrentRequests.replies)
                .allSatisfy(reply -> assertThat(reply.status())
                        .as(reply.toString())
                        .isLessThan(500)
                        .isNotEqualTo(429));
        return concurrentRequests;
    }

    /** The same by any number of callers, for other things than races. */
    static <T> List<T> atOnce(int callers, IntFunction<T> call) {
        CyclicBarrier start = new CyclicBarrier(callers);
        List<Callable<T>> all = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int number = caller;
            all.add(() -> {
                start.await();
                return call.apply(number);
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(all)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The numbers of the callers who were not refused. */
    List<Integer> winners() {
        return IntStream.range(0, replies.size())
                .filter(caller -> replies.get(caller).isOk())
                .boxed()
                .toList();
    }

    List<Reply> won() {
        return replies.stream().filter(Reply::isOk).toList();
    }

    List<Reply> lost() {
        return replies.stream().filter(reply -> !reply.isOk()).toList();
    }

    /** Everybody else was refused for the same reason, in words that say it. */
    ConcurrentRequests othersRefused(int status, String field, String words) {
        assertThat(lost()).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
            assertThat(reply.message()).contains(words);
            assertThat(reply.fields()).isEqualTo(field.isEmpty() ? List.of() : List.of(field));
        });
        return this;
    }
}
