package io.guildhall.query.activity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What one event says in a trail: somebody did this to that. Identifiers and facts only, no personal data (R20). */
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

    /** An update, of which the verb alone would not say what was changed. */
    static Activity update(String objectType, UUID object, String event) {
        return of("updated", objectType, object).with("event", event);
    }

    Activity with(String key, Object value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new Activity(verb, objectType, object, more);
    }

    /** Whether it says what an organization is called from then on: by that {@link ActivityNameResolver} calls it in users' own trails. */
    boolean names() {
        return objectType.equals(ORGANIZATION) && (verb.equals("created") || "renamed".equals(metadata.get("event")));
    }
}
