package io.guildhall.infrastructure.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Creates spans if tracing is on, and nothing otherwise. */
@Component
public class Tracing {

    /** Metadata key of an event or message: the span that sent it, in W3C format. */
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

    /** Starts a child of the current span, or a new trace. */
    SpanScope begin(String name) {
        return tracer == null
                ? SpanScope.NONE
                : new SpanScope(tracer, tracer.nextSpan().name(name).start());
    }

    /** Starts a child of the current span, if there is one. */
    SpanScope beginWithin(String name) {
        return tracer == null || tracer.currentSpan() == null ? SpanScope.NONE : begin(name);
    }

    /** Starts a child of a span of another thread or node. */
    SpanScope beginFor(String parent, String name) {
        return tracer == null || propagator == null
                ? SpanScope.NONE
                : new SpanScope(
                        tracer,
                        propagator
                                .extract(parent, (text, key) -> key.equals(PARENT) ? text : null)
                                .name(name)
                                .start());
    }

    /** Returns the current span for {@link #beginFor}; null if there is none or it is not sampled. */
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

    /** A span that is current on this thread until closed by the same thread. */
    static final class SpanScope implements AutoCloseable {

        static final SpanScope NONE = new SpanScope();

        private final @Nullable Span span;
        private final Tracer.@Nullable SpanInScope scope;

        private SpanScope() {
            this.span = null;
            this.scope = null;
        }

        private SpanScope(Tracer tracer, Span span) {
            this.span = span;
            this.scope = tracer.withSpan(span);
        }

        SpanScope tag(String key, @Nullable String value) {
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
