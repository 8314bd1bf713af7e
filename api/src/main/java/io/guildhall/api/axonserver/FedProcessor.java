package io.guildhall.api.axonserver;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** The handlers of one processing group, which the {@link Feed} hands the events to. */
final class FedProcessor implements EventProcessor {

    private final String name;
    private final EventHandlerInvoker handlers;
    private final List<MessageHandlerInterceptor<? super EventMessage<?>>> interceptors = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    /** @param handlers what the group is made of */
    FedProcessor(String name, EventHandlerInvoker handlers) {
        this.name = name;
        this.handlers = handlers;
    }

    /** Hands over the event that the unit of work is at. */
    void handle(UnitOfWork<? extends EventMessage<?>> work) throws Exception {
        if (handlers.canHandle(work.getMessage(), Segment.ROOT_SEGMENT)) {
            new DefaultInterceptorChain<EventMessage<?>>(work, interceptors, event -> {
                        handlers.handle(event, Segment.ROOT_SEGMENT);
                        return null;
                    })
                    .proceed();
        }
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public List<MessageHandlerInterceptor<? super EventMessage<?>>> getHandlerInterceptors() {
        return List.copyOf(interceptors);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super EventMessage<?>> interceptor) {
        interceptors.add(interceptor);
        return () -> interceptors.remove(interceptor);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void shutDown() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What fails is the feed's to try again. */
    @Override
    public boolean isError() {
        return false;
    }
}
