package io.guildhall.query.activity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The verb, object and details of an event in a trail. Contains identifiers and facts, never personal data (R20:
 * encrypted in events).
 */
record Activity(String verb, String objectType, UUID object, Map<String, Object> metadata) {

    static final String USER = "user";
    static final String SESSION = "session";
    static final String ORGANIZATION = "organization";
    static final String INVITATION = "organization_invitation";
    static final String MEMBER = "organization_member";
    static final String CREDENTIAL = "credential";
    static final String WEBHOOK = "webhook";

    static Activity of(String verb, String objectType, UUID object) {
        return new Activity(verb, objectType, object, Map.of());
    }

    /** An update; the event says what was updated. */
    static Activity update(String objectType, UUID object, String event) {
        return of("updated", objectType, object).with("event", event);
    }

    Activity with(String key, Object value) {
        var extended = new LinkedHashMap<>(metadata);
        extended.put(key, value);
        return new Activity(verb, objectType, object, extended);
    }

    /**
     * Whether it gives an organization a name. {@link ActivityNameResolver} reads these activities to show an
     * organization's name at that time in users' trails.
     */
    boolean namesOrganization() {
        return objectType.equals(ORGANIZATION) && (verb.equals("created") || "renamed".equals(metadata.get("event")));
    }
}
