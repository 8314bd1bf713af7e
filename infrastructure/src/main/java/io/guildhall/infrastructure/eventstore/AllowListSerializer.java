package io.guildhall.infrastructure.eventstore;

import io.guildhall.domain.EventTypes;
import io.guildhall.domain.shared.AggregateSnapshot;
import io.guildhall.domain.shared.EventType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nonnull;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.responsetypes.InstanceResponseType;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

/**
 * Serializes messages as JSON. A message names its type and may come from another process, so only listed types are
 * instantiated: the service's own records and enums, Axon's tokens and response types, and plain values. Any other type
 * is returned as {@link UnknownSerializedType}.
 *
 * <p>Supports additive changes: a missing field is null, an unknown field is ignored.
 */
final class AllowListSerializer extends Jackson3Serializer {

    private static final String OWN_PACKAGE = "io.guildhall.";

    private static final Set<Class<?>> PLAIN_TYPES = Set.of(
            String.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            MetaData.class,
            InstanceResponseType.class);

    private static final Set<String> PLAIN_TYPE_NAMES =
            PLAIN_TYPES.stream().map(Class::getName).collect(java.util.stream.Collectors.toUnmodifiableSet());

    private static final String TOKENS = TrackingToken.class.getPackageName() + ".";

    /** Axon 4.13.0 with Jackson 3 cannot read its own replay tokens without this (AxonFramework issue 4160). */
    private static final PolymorphicTypeValidator REPLAY_TOKENS =
            BasicPolymorphicTypeValidator.builder().allowIfSubType(TOKENS).build();

    /** Caches the service's own types: looking up a class takes longer than reading most events. */
    private final Map<String, Class<?>> ownTypes = new ConcurrentHashMap<>();

    /** Caches readers, which are expensive to create. */
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    AllowListSerializer() {
        super(builder()
                .lenientDeserialization()
                .jsonMapperBuilderCustomizer(mapper -> mapper.polymorphicTypeValidator(REPLAY_TOKENS)
                        .addModule(new SimpleModule("response-types")
                                .addDeserializer(Class.class, new ResponseTypeDeserializer()))));
    }

    /** Reads the response type of a query. Loads no class outside of the service. */
    private static final class ResponseTypeDeserializer extends StdDeserializer<Class<?>> {

        ResponseTypeDeserializer() {
            super(Class.class);
        }

        @Override
        public Class<?> deserialize(JsonParser json, DeserializationContext context) {
            String name = json.getString();
            if (name.startsWith(OWN_PACKAGE)) {
                try {
                    return Class.forName(name, false, AllowListSerializer.class.getClassLoader());
                } catch (ClassNotFoundException e) {
                    // A class of a later version.
                }
            }
            return (Class<?>) context.handleWeirdStringValue(Class.class, name, "not a type of this service");
        }
    }

    @Override
    protected ObjectReader getReader(Class<?> type) {
        return readers.computeIfAbsent(type, super::getReader);
    }

    /**
     * Names events by logical name and version, snapshots by class and revision, and commands, queries and responses,
     * which are not stored, by class.
     */
    @Override
    public SerializedType typeForClass(Class type) {
        if (type != null && AggregateSnapshot.class.isAssignableFrom(type)) {
            return new SimpleSerializedType(type.getName(), SnapshotRevisions.of(type));
        }
        EventType event = type == null ? null : (EventType) type.getAnnotation(EventType.class);
        return event == null
                ? super.typeForClass(type)
                : new SimpleSerializedType(event.value(), Integer.toString(event.version()));
    }

    @Override
    public Class<?> classForType(@Nonnull SerializedType type) {
        Class<?> cached = ownTypes.get(type.getName());
        if (cached != null) {
            return cached;
        }
        Class<?> found = find(type);
        if (found.getName().startsWith(OWN_PACKAGE)) {
            ownTypes.put(type.getName(), found);
        }
        return found;
    }

    private Class<?> find(SerializedType type) {
        String name = type.getName();
        Class<?> event = EventTypes.find(name);
        if (event != null) {
            return event;
        }
        if (PLAIN_TYPE_NAMES.contains(name) || SerializedType.emptyType().equals(type)) {
            return super.classForType(type);
        }
        if (!name.startsWith(OWN_PACKAGE) && !name.startsWith(TOKENS)) {
            return UnknownSerializedType.class;
        }
        Class<?> found = super.classForType(type);
        boolean allowed = name.startsWith(OWN_PACKAGE)
                ? found.isRecord() || found.isEnum()
                : TrackingToken.class.isAssignableFrom(found);
        return allowed ? found : UnknownSerializedType.class;
    }
}
