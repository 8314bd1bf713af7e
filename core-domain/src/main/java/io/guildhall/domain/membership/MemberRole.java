package io.guildhall.domain.membership;

/** The role of a member (R15: the only role of the contract is OWNER). */
public enum MemberRole {
    OWNER("owner");

    private final String storedName;

    MemberRole(String storedName) {
        this.storedName = storedName;
    }

    /** The name in stored events. Never changes. */
    public String storedName() {
        return storedName;
    }
}
