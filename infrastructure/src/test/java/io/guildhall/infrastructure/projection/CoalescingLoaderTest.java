package io.guildhall.infrastructure.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoalescingLoaderTest {

    private static final Function<List<Integer>, Map<Integer, String>> TEXTS =
            keys -> keys.stream().filter(key -> key >= 0).collect(Collectors.toMap(key -> key, String::valueOf));

    @AutoClose
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final List<List<Integer>> lookups = Collections.synchronizedList(new ArrayList<>());

    @Test
    void findsWhatThereIs() {
        var lookup = new CoalescingLoader<>(TEXTS);

        assertThat(lookup.find(1)).isEqualTo("1");
        assertThat(lookup.find(-1)).isNull();
    }

    @Test
    void looksForAllWhoCameMeanwhileTogether() throws Exception {
        var began = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var lookup = new CoalescingLoader<Integer, String>(keys -> {
            lookups.add(keys);
            began.countDown();
            awaitUninterrupted(goOn);
            return TEXTS.apply(keys);
        });
        Future<String> first = threads.submit(() -> lookup.find(0));
        began.await();
        var asking = new CountDownLatch(6);
        List<Future<String>> others = IntStream.of(1, 2, 3, 1, 2, -1)
                .mapToObj(key -> threads.submit(() -> {
                    asking.countDown();
                    return lookup.find(key);
                }))
                .toList();
        asking.await();
        Thread.sleep(100);
        goOn.countDown();

        assertThat(first.get()).isEqualTo("0");
        assertThat(others.stream().map(CoalescingLoaderTest::got)).containsExactly("1", "2", "3", "1", "2", null);
        assertThat(lookups.stream().flatMap(List::stream)).doesNotHaveDuplicates();
        assertThat(lookups).hasSizeLessThanOrEqualTo(3);
    }

    /** A value is always read after the request (R17: a removed member's token fails at once). */
    @Test
    void looksAfterItWasAsked() throws Exception {
        var version = new AtomicInteger();
        var lookup = new CoalescingLoader<Integer, Integer>(
                keys -> keys.stream().collect(Collectors.toMap(key -> key, key -> version.get())));
        List<Future<Boolean>> asks = new ArrayList<>();
        for (int caller = 0; caller < 16; caller++) {
            asks.add(threads.submit(() -> {
                for (int i = 0; i < 2_000; i++) {
                    int written = version.incrementAndGet();
                    Integer seen = lookup.find(i % 3);
                    if (seen == null || seen < written) {
                        return false;
                    }
                }
                return true;
            }));
        }

        for (Future<Boolean> ask : asks) {
            assertThat(ask.get()).isTrue();
        }
    }

    @Test
    void tellsEachWhoWaitedThatItFailedAndGoesOn() {
        var failing = new AtomicInteger(1);
        var lookup = new CoalescingLoader<Integer, String>(keys -> {
            if (failing.getAndDecrement() > 0) {
                throw new IllegalStateException("away");
            }
            return TEXTS.apply(keys);
        });

        assertThatThrownBy(() -> lookup.find(1)).hasMessage("away");
        assertThat(lookup.find(1)).isEqualTo("1");
    }

    private static String got(Future<String> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
