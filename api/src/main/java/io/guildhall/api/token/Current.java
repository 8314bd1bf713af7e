package io.guildhall.api.token;

import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Ids;
import io.guildhall.domain.organization.OrganizationRefusal;
import io.guildhall.domain.shared.CommandRefused;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Clients send the organization along; it can only be the current one (R23). */
final class Current {

    private Current() {}

    static void require(@Nullable String organizationId, Caller caller) {
        UUID asked = Ids.optional("organization_id", organizationId);
        if (asked != null && !asked.equals(caller.organization())) {
            throw CommandRefused.because(new OrganizationRefusal.NoSuchOrganization());
        }
    }
}
