package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/**
 * For how long activities are shown.
 *
 * @param days 1 or more and no more than the plan's; null is for as long as the plan says
 */
public record ChooseActivityRetention(
        @RoutingKey UUID organization, @Nullable Long days) {}
