"""Which sign stands for what in a case, and where the names of regimes are found."""

from kimdesk.domain.terms import MeasureState

REGIME_LISTS = {
    "benefit": "legal_regime",
    "health_insurance": "insurance",
    "course": "course",
    "school": "school",
    "work": "work",
}
LANE_ICONS = {
    "benefit": "coin",
    "health_insurance": "first-aid",
    "course": "translate",
    "school": "student",
    "work": "briefcase",
}
CONTACT_ICONS = {
    "phone": "phone",
    "video": "video-camera",
    "messenger": "chat-circle",
    "email": "envelope",
    "letter": "envelope-simple",
    "home_visit": "house",
    "shelter": "house-line",
    "accompaniment": "users",
    "agency": "buildings",
    "group": "users-three",
}
MEASURE_SIGNS = {  # state: icon, tone
    MeasureState.PLANNED: ("circle-dashed", "text-2"),
    MeasureState.APPLIED: ("requested", "warn"),
    MeasureState.GRANTED: ("check-circle", "accent"),
    MeasureState.RUNNING: ("play-circle", "accent"),
    MeasureState.REJECTED: ("x-circle", "bad"),
    MeasureState.ABANDONED: ("minus-circle", "text-2"),
    MeasureState.DONE: ("present", "ok"),
}
