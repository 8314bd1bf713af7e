package io.guildhall.api.throttle;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * One caller's requests at this process, in the window of time that began with the caller's first request at any process.
 *
 * <p>What may be spent here is leased from what all processes share: a few requests at first, and more as more are used, so that
 * little lies idle where it is not needed. A lease is asked for before the one before it is used up, and few requests go on
 * credit while its answer is awaited, so that hardly any ever waits. Only near the end of the budget there is no credit. Where no
 * answer comes, this process counts on its own.
 */
final class Budget {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int LEAST_PART = 100;
    private static final int GREATEST_PART = 32;
    private static final int PART_OF_WHAT_IS_LEFT = 4;

    private final String caller;
    private final Limit limit;
    private final Consumer<Budget> asks;

    private int used;
    private int leased;
    private int left;
    private long ends;
    private boolean asking;
    private long aloneUntil;

    /** @param asks takes a budget that wants a lease, and sees to it that it is answered */
    Budget(String caller, Limit limit, long now, Consumer<Budget> asks) {
        this.caller = caller;
        this.limit = limit;
        this.asks = asks;
        this.aloneUntil = now;
        begin(now);
    }

    String caller() {
        return caller;
    }

    private void begin(long now) {
        used = 0;
        leased = 0;
        left = limit.times();
        ends = now + limit.per().toNanos();
    }

    /** Spends one, if there is one. */
    synchronized Standing take() throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long now = System.nanoTime();
            if (now - ends >= 0) {
                begin(now);
            }
            boolean alone = now - aloneUntil < 0;
            if (used < (alone ? limit.times() : leased + credit())) {
                used++;
                askWhenLow(alone);
                return standing(true, now);
            }
            if (alone || left == 0) {
                return standing(false, now);
            }
            if (now - giveUp >= 0) {
                alone();
                continue;
            }
            askWhenLow(false);
            wait(Math.max(1, (giveUp - now) / 1_000_000));
        }
    }

    /** As it would be without another request. */
    synchronized Standing look() {
        long now = System.nanoTime();
        return now - ends >= 0
                ? new Standing(true, limit.times(), limit.per())
                : standing(left > 0 || used < leased, now);
    }

    private Standing standing(boolean allowed, long now) {
        long remaining = allowed ? Math.clamp((long) left + leased - used, 0, limit.times()) : 0;
        return new Standing(allowed, (int) remaining, Duration.ofNanos(Math.max(0, ends - now)));
    }

    private int credit() {
        return left > 2 * greatest() ? limit.times() / LEAST_PART : 0;
    }

    private int greatest() {
        return Math.max(1, limit.times() / GREATEST_PART);
    }

    /** Beyond what is owed. */
    private int ahead() {
        int wanted = Math.clamp(used, Math.max(1, limit.times() / LEAST_PART), greatest());
        return Math.min(wanted, left / PART_OF_WHAT_IS_LEFT);
    }

    private void askWhenLow(boolean alone) {
        if (!asking && !alone && left > 0 && leased - used <= ahead() / 2) {
            asking = true;
            asks.accept(this);
        }
    }

    /** How many are wanted. */
    synchronized int wish() {
        return Math.clamp((long) used - leased + ahead(), 1, limit.times());
    }

    /**
     * What is wanted has been given as far as possible.
     *
     * @param nowLeft what no process has
     * @param nanos until the window ends
     */
    synchronized void lease(int granted, int nowLeft, long nanos) {
        asking = false;
        leased += granted;
        left = nowLeft;
        ends = System.nanoTime() + nanos;
        notifyAll();
    }

    /** There is no answer: for a while this process goes by what it counts itself. */
    synchronized void alone() {
        asking = false;
        aloneUntil = System.nanoTime() + PATIENCE.toNanos();
        notifyAll();
    }
}
