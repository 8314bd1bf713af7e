package io.guildhall.infrastructure.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Spans, where traces are on; where they are off, nothing is made, not even a span that goes nowhere. */
@Component
public class Tracing {

    /** Of an event in an Axon Server: the span that appended it, as W3C writes it. */
    public static final String PARENT = "traceparent";

    private final @Nullable Tracer tracer;
    private final @Nullable Propagator propagator;

    Tracing(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
        this.tracer = tracer.getIfAvailable();
        this.propagator = propagator.getIfAvailable();
    }

    public boolean areOn() {
        return tracer != null;
    }

    /** Something done for what the thread is at, or the first of a trace of its own. */
    Part begin(String name) {
        return tracer == null
                ? Part.NONE
                : new Part(tracer, tracer.nextSpan().name(name).start());
    }

    /** Something done for what the thread is at; nothing where that is not traced. */
    Part beginWithin(String name) {
        return tracer == null || tracer.currentSpan() == null ? Part.NONE : begin(name);
    }

    /** Something done for what another thread, or process, was at. */
    Part beginFor(String parent, String name) {
        return tracer == null || propagator == null
                ? Part.NONE
                : new Part(
                        tracer,
                        propagator
                                .extract(parent, (text, key) -> key.equals(PARENT) ? text : null)
                                .name(name)
                                .start());
    }

    /** For {@link #beginFor}; null where the thread is at nothing that is traced and sent somewhere. */
    @Nullable String current() {
        Span span = tracer == null ? null : tracer.currentSpan();
        if (span == null
                || propagator == null
                || !Boolean.TRUE.equals(span.context().sampled())) {
            return null;
        }
        var text = new StringBuilder();
        propagator.inject(span.context(), text, (carrier, key, value) -> {
            if (carrier != null && key.equals(PARENT)) {
                carrier.append(value);
            }
        });
        return text.isEmpty() ? null : text.toString();
    }

    /** A span that the thread is at until it is closed, by the same thread. */
    static final class Part implements AutoCloseable {

        static final Part NONE = new Part();

        private final @Nullable Span span;
        private final Tracer.@Nullable SpanInScope scope;

        private Part() {
            this.span = null;
            this.scope = null;
        }

        private Part(Tracer tracer, Span span) {
            this.span = span;
            this.scope = tracer.withSpan(span);
        }

        Part tag(String key, @Nullable String value) {
            if (span != null && value != null) {
                span.tag("guildhall." + key, value);
            }
            return this;
        }

        @Override
        public void close() {
            if (scope != null) {
                scope.close();
            }
            if (span != null) {
                span.end();
            }
        }
    }
}
