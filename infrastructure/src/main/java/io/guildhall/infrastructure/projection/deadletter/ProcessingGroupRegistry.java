package io.guildhall.infrastructure.projection.deadletter;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessageHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

/** The event handlers of each processing group: a projection or another event handler class. */
@Component
class ProcessingGroupRegistry {

    private final ListableBeanFactory beans;
    private @Nullable Map<String, EventMessageHandler> handlers;

    ProcessingGroupRegistry(ListableBeanFactory beans) {
        this.beans = beans;
    }

    Collection<String> names() {
        return new TreeSet<>(all().keySet());
    }

    /** Returns null if this version of the service has no such group. */
    @Nullable EventMessageHandler find(String group) {
        return all().get(group);
    }

    /** Looked up on first use, as the handlers depend on many other beans. */
    private synchronized Map<String, EventMessageHandler> all() {
        if (handlers == null) {
            handlers = beans.getBeansWithAnnotation(ProcessingGroup.class).values().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            bean -> bean.getClass()
                                    .getAnnotation(ProcessingGroup.class)
                                    .value(),
                            AnnotationEventHandlerAdapter::new));
        }
        return handlers;
    }
}
