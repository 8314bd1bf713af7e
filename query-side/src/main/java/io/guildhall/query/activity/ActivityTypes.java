package io.guildhall.query.activity;

import java.util.List;

/** The object types of activities. */
public final class ActivityTypes {

    /** The types in organizations' trails. */
    public static final List<String> OF_ORGANIZATIONS =
            List.of(Activity.ORGANIZATION, Activity.MEMBER, Activity.INVITATION, Activity.CREDENTIAL, Activity.WEBHOOK);

    private ActivityTypes() {}
}
