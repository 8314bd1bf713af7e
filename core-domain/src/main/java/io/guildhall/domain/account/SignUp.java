package io.guildhall.domain.account;

import io.guildhall.domain.session.NewSession;
import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** R1. {@code emailProven}: the person followed an invitation's link to this very address (R2). */
public record SignUp(
        @RoutingKey UUID account,
        String email,
        String name,
        UUID password,
        String encodedPassword,
        UUID validationLink,
        boolean emailProven,
        NewSession session) {}
