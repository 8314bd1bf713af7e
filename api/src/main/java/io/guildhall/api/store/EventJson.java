package io.guildhall.api.store;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/** How events are written down. */
public final class EventJson {

    /** Axon 4.13.0 with Jackson 3 cannot read its own replay tokens without this (AxonFramework issue 4160). */
    private static final PolymorphicTypeValidator REPLAY_TOKENS = BasicPolymorphicTypeValidator.builder()
            .allowIfSubType("org.axonframework.")
            .build();

    private EventJson() {}

    /** Additive change only: what an older event lacks is null, what a newer one has more is ignored. */
    public static Serializer serializer() {
        return Jackson3Serializer.builder()
                .lenientDeserialization()
                .jsonMapperBuilderCustomizer(mapper -> mapper.polymorphicTypeValidator(REPLAY_TOKENS))
                .build();
    }
}
