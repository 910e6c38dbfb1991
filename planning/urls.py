"""The app's addresses; full paths, included at the root by techplan/urls.py."""

from django.urls import URLPattern, URLResolver, path

from planning.views import actions, gaps, goals, plans, states

app_name = "planning"

PLAN = "o/<slug:org>/plans/<int:number>/"
GAPS = "o/<slug:org>/assessments/<int:number>/gaps/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(GAPS, gaps.gaps, name="gaps"),
    path(f"{GAPS}<slug:challenge>/accept/", gaps.challenge_accept, name="challenge-accept"),
    path(f"{GAPS}<slug:challenge>/reject/", gaps.challenge_reject, name="challenge-reject"),
    path(f"{GAPS}<slug:challenge>/withdraw/", gaps.challenge_withdraw, name="challenge-withdraw"),
    path("o/<slug:org>/goals/", goals.goal_list, name="goal-list"),
    path("o/<slug:org>/goals/add/", goals.goal_add, name="goal-add"),
    path("o/<slug:org>/goals/<int:goal>/", goals.goal_edit, name="goal-edit"),
    path("o/<slug:org>/goals/<int:goal>/remove/", goals.goal_remove, name="goal-remove"),
    path("o/<slug:org>/goals/<int:goal>/up/", goals.goal_up, name="goal-up"),
    path("o/<slug:org>/goals/<int:goal>/down/", goals.goal_down, name="goal-down"),
    path("o/<slug:org>/plans/", plans.plan_list, name="plan-list"),
    path("o/<slug:org>/plans/new/", plans.plan_create, name="plan-create"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}settings/", plans.plan_settings, name="plan-settings"),
    path(f"{PLAN}frontier/", plans.plan_frontier, name="plan-frontier"),
    path(f"{PLAN}frontier/request/", plans.plan_frontier_request, name="plan-frontier-request"),
    path(f"{PLAN}choose/", plans.plan_choose, name="plan-choose"),
    path(f"{PLAN}must-haves/", plans.plan_must_haves, name="plan-must-haves"),
    path(f"{PLAN}numbers/", plans.plan_numbers, name="plan-numbers"),
    path(f"{PLAN}refresh/", plans.plan_refresh, name="plan-refresh"),
    path(f"{PLAN}propose/", states.plan_propose, name="plan-propose"),
    path(f"{PLAN}approve/", states.plan_approve, name="plan-approve"),
    path(f"{PLAN}start/", states.plan_start, name="plan-start"),
    path(f"{PLAN}finish/", states.plan_finish, name="plan-finish"),
    path(f"{PLAN}reopen/", states.plan_reopen, name="plan-reopen"),
    path(f"{PLAN}history/", states.plan_history, name="plan-history"),
    path(f"{PLAN}actions/", actions.action_list, name="action-list"),
    path(f"{PLAN}actions/own/", actions.own_add, name="own-add"),
    path(f"{PLAN}actions/<slug:key>/", actions.action, name="action"),
    path(f"{PLAN}actions/<slug:key>/put-in/", actions.action_put_in, name="action-put-in"),
    path(f"{PLAN}actions/<slug:key>/take-out/", actions.action_take_out, name="action-take-out"),
    path(f"{PLAN}actions/<slug:key>/must-have/", actions.action_must_have, name="action-must-have"),
    path(f"{PLAN}actions/<slug:key>/exclude/", actions.action_exclude, name="action-exclude"),
    path(f"{PLAN}actions/<slug:key>/free/", actions.action_free, name="action-free"),
    path(f"{PLAN}actions/<slug:key>/done/", actions.action_done, name="action-done"),
    path(f"{PLAN}actions/<slug:key>/not-done/", actions.action_not_done, name="action-not-done"),
    path(f"{PLAN}actions/<slug:key>/remove/", actions.own_remove, name="own-remove"),
]
