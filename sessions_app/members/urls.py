"""The admin's pages about people."""

from django.urls import path

from sessions_app.members import (
    invitation_views,
    joining_views,
    password_link_views,
    profile_views,
    views,
)

app_name = "members"
urlpatterns = [
    path("", views.people, name="people"),
    path("invite/", invitation_views.invite, name="invite"),
    path("invitations/", invitation_views.invitations, name="invitations"),
    path("invitations/<uuid:invitation_id>/resend/", invitation_views.resend, name="resend"),
    path("invitations/<uuid:invitation_id>/withdraw/", invitation_views.withdraw, name="withdraw"),
    path("join/", joining_views.join, name="join"),
    path("join/<str:link_id>/<str:secret>/", joining_views.open_link, name="open_link"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/add-role/", views.give_role, name="give_role"),
    path("<uuid:person_id>/password-link/", password_link_views.make, name="password_link"),
    path("<uuid:person_id>/<slug:deed>/", views.account_deed, name="account_deed"),
    path("roles/<uuid:role_id>/change/", views.change_role, name="change_role"),
    path("mine/", profile_views.mine, name="mine"),
    path("roles/<uuid:role_id>/credentials/", profile_views.write, name="write_profile"),
    path("roles/<uuid:role_id>/<slug:deed>/", views.role_deed, name="role_deed"),
]
